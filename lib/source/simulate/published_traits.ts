/**
 * Shares of the values of each trait, and the order in which mutation carries them, as Laufer, Oderinwale and Kleinberg
 * (2025) print them; a rest that nobody published is marked "assumed".
 *
 * @module
 */
import { publishedModels } from "./published.ts";

/** A value of a trait and the share of models (or of models that report the trait) that have it. */
export interface Share {
  /** As in the tag or the field; the empty string stands for a model that does not report the trait. */
  value: string;
  share: number;
  /** First day on which the value exists, `YYYY-MM-DD`; absent: always. */
  since?: string;
}

/** Share of license mutations, and so on, that go forward in the optimal order; language over its twenty. */
export const forwardShares = {
  license: 0.846,
  language: 0.75,
  library: 0.837,
  task: 0.982,
} as const;

/** Optimal orders, from where traffic starts to where it ends. */
export const orders = {
  license: [
    "gemma",
    "llama3.1",
    "llama3.3",
    "llama3.2",
    "llama3",
    "openrail++",
    "llama2",
    "apache-2.0",
    "creativeml-openrail-m",
    "cc-by-nc-4.0",
    "mit",
    "openrail",
    "cc-by-nc-sa-4.0",
    "cc-by-sa-4.0",
    "cc-by-4.0",
    "cc",
    "bigscience-bloom-rail-1.0",
    "afl-3.0",
    "artistic-2.0",
    "gpl-3.0",
  ],
  task: [
    "fill-mask",
    "feature-extraction",
    "automatic-speech-recognition",
    "question-answering",
    "text-generation",
    "text-to-image",
    "image-classification",
    "text-classification",
    "reinforcement-learning",
    "token-classification",
  ],
  library: [
    "peft",
    "adapter-transformers",
    "timm",
    "transformers",
    "diffusers",
    "mlx",
    "ml-agents",
    "tf-keras",
    "sentence-transformers",
    "keras",
  ],
  /** Only the last six are published; the fourteen before them are assumed. */
  language: [
    "ro",
    "cs",
    "sv",
    "pl",
    "nl",
    "fi",
    "id",
    "th",
    "it",
    "de",
    "pt",
    "ru",
    "fr",
    "ja",
    "es",
    "zh",
    "ar",
    "hi",
    "ko",
    "en",
  ],
} as const;

/** Licences as shares of all models; after the tenth assumed, each below the tenth. */
export const licenses: Share[] = shares(publishedModels, [
  ["apache-2.0", 298_442],
  ["mit", 109_820],
  ["other", 81_887],
  ["openrail", 37_498, "2022-08-22"],
  ["creativeml-openrail-m", 29_233, "2022-08-22"],
  ["cc-by-nc-4.0", 14_315],
  ["llama2", 10_294, "2023-07-18"],
  ["llama3", 9_887, "2024-04-18"],
  ["gemma", 8_677, "2024-02-21"],
  ["unknown", 8_368],
  ["llama3.1", 7_000, "2024-07-23"],
  ["cc-by-4.0", 6_900],
  ["cc-by-nc-sa-4.0", 6_300],
  ["llama3.2", 6_000, "2024-09-25"],
  ["afl-3.0", 5_000],
  ["cc-by-sa-4.0", 4_400],
  ["openrail++", 3_600, "2022-11-24"],
  ["cc", 2_700],
  ["bigscience-bloom-rail-1.0", 2_100, "2022-07-06"],
  ["gpl-3.0", 1_900],
  ["artistic-2.0", 1_700],
  ["llama3.3", 1_600, "2024-12-06"],
  ["cc-by-nc-nd-4.0", 1_500],
  ["bsd-3-clause", 1_300],
  ["cc0-1.0", 1_200],
  ["agpl-3.0", 1_100],
  ["unlicense", 1_000],
  ["wtfpl", 700],
  ["bigcode-openrail-m", 500, "2023-05-04"],
]);

/** Share of models that have a task: assumed. */
export const taskReporting = 0.48;

/** Tasks as shares of the models that have one; after the tenth assumed. */
export const tasks: Share[] = shares(100, [
  ["text-generation", 41.07],
  ["text-classification", 13.62],
  ["text-to-image", 11.4],
  ["reinforcement-learning", 8.66],
  ["automatic-speech-recognition", 3.49],
  ["token-classification", 3.23],
  ["image-classification", 2.59],
  ["fill-mask", 2.1],
  ["feature-extraction", 2.01],
  ["question-answering", 1.79],
  ["text2text-generation", 1.7],
  ["sentence-similarity", 1.5],
  ["image-text-to-text", 1.2],
  ["translation", 1.1],
  ["summarization", 0.9],
  ["text-to-speech", 0.8],
  ["object-detection", 0.7],
  ["audio-classification", 0.7],
  ["robotics", 0.6],
  ["image-segmentation", 0.4],
  ["text-to-video", 0.24],
  ["image-to-image", 0.2],
]);

/** Share of models that have a library: assumed. */
export const libraryReporting = 0.66;

/** Libraries as shares of the models that have one; after the tenth assumed. */
export const libraries: Share[] = shares(100, [
  ["transformers", 63.17],
  ["peft", 19.92],
  ["diffusers", 8.31],
  ["stable-baselines3", 2.14],
  ["sentence-transformers", 1.32],
  ["ml-agents", 1.08],
  ["tf-keras", 0.34],
  ["adapter-transformers", 0.33],
  ["keras", 0.26],
  ["mlx", 0.26],
  ["timm", 0.25],
  ["setfit", 0.25],
  ["sample-factory", 0.25],
  ["spacy", 0.25],
  ["fastai", 0.24],
  ["lerobot", 0.24],
  ["nemo", 0.22],
  ["espnet", 0.22],
  ["open_clip", 0.2],
  ["speechbrain", 0.2],
  ["flair", 0.19],
  ["pyannote-audio", 0.18],
  ["stanza", 0.18],
]);

/** Models that report a language: 221,550 are 85.56% of them. */
export const languageModels = 258_942;

/** Languages by models that report them; after the tenth assumed. */
export const languages: Share[] = shares(languageModels, [
  ["en", 221_550],
  ["zh", 12_917],
  ["fr", 11_754],
  ["es", 10_711],
  ["de", 10_532],
  ["ja", 8_985],
  ["ko", 8_475],
  ["it", 8_361],
  ["pt", 8_284],
  ["ru", 6_595],
  ["ar", 6_000],
  ["hi", 5_800],
  ["tr", 4_900],
  ["id", 4_800],
  ["th", 4_700],
  ["vi", 4_600],
  ["nl", 4_400],
  ["pl", 4_300],
  ["sv", 4_000],
  ["fi", 3_900],
  ["cs", 3_800],
  ["ro", 3_700],
  ["fa", 3_500],
  ["bn", 3_400],
  ["sw", 3_300],
  ["ta", 3_200],
]);

function shares(total: number, rows: [value: string, count: number, since?: string][]): Share[] {
  return rows.map(([value, count, since]) => ({ value, share: count / total, since }));
}
