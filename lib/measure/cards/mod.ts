export { cardProse } from "./card_prose.ts";
export { cardReader, type CardReading } from "./card_reader.ts";
export { type CardEdgesOptions } from "./card_edges.ts";
export type { CardLanguages, LanguageShare } from "./card_languages.ts";
export type { CardTemplateOptions, CardTemplates, TemplateShare } from "./card_template.ts";
export type { CardTermsOptions, TermChange, TermChanges } from "./card_terms.ts";
export { detectLanguage } from "./detect_language.ts";
export { type CardReport, measureCards, type MeasureCardsOptions } from "./measure_cards.ts";
