import { cardProse } from "./card_prose.ts";

/** What a card says, without its markup. */
export interface CardReading {
  /** Paragraphs, headings and list items; see `cardProse`. */
  blocks: string[];
  /** Sentences of the blocks, white space collapsed. */
  sentences: string[];
  /** Lemmas of the words, lower case, without stop words, numbers and symbols; repeats included. */
  lemmas: string[];
  /** True where the prose was longer than {@link longestProse} and the rest was not read. */
  cut: boolean;
}

/** What one block says. */
type BlockReading = Pick<CardReading, "sentences" | "lemmas">;

/** Code units of prose that are read of one card, the beginning. */
export const longestProse = 100_000;

/** Without white space, wink-nlp's time grows with the square of the length. */
const longRun = /\S{200}(?=\S)/gu;
/** Code units of new prose after which all memory of blocks is dropped, and wink-nlp's of every token it ever saw. */
const renewedAfter = 10_000_000;
/** A lemma that is a word: up to 40 letters, maybe with hyphens or apostrophes inside. */
const word = /^(?=.{2,40}$)\p{L}[\p{L}\p{M}'’-]*[\p{L}\p{M}]$/u;

/**
 * Makes a reader of cards. Sentences, lemmas and stop words are wink-nlp's with its English model, which takes a
 * quarter of a second to load and then about 1 ms for a usual card; words of other languages pass as they are. Memory does
 * not grow with the number of cards.
 *
 * @example
 * ```ts
 * import { cardReader } from "kindred";
 * const read = await cardReader();
 * const { sentences, lemmas } = read("# Mice\nThe models were trained on mice. They ran.");
 * sentences; // ["Mice", "The models were trained on mice.", "They ran."]
 * lemmas; // ["mouse", "model", "train", "mouse", "run"]
 * ```
 */
export async function cardReader(): Promise<(card: string) => CardReading> {
  // Loaded when first needed: whoever measures no cards should not wait for the model.
  const [{ default: winkNLP }, { default: model }] = await Promise.all([
    import("wink-nlp"),
    import("wink-eng-lite-web-model"),
  ]);
  const engines = () => ({ splitter: winkNLP(model, ["sbd"]), tagger: winkNLP(model, ["pos"]) });
  let { splitter, tagger } = engines();
  // Most blocks are template and come again.
  const known = new Map<string, BlockReading>();
  let since = 0;
  function readBlock(block: string): BlockReading {
    since += block.length;
    if (since > renewedAfter) {
      ({ splitter, tagger } = engines());
      known.clear();
      since = block.length;
    }
    const { its } = tagger;
    const sentences: string[] = [];
    const lemmas: string[] = [];
    for (const piece of pieces(block)) {
      for (const sentence of splitter.readDoc(piece).sentences().out() as string[]) {
        sentences.push(sentence.replace(/\s+/g, " ").trim());
      }
      // In lower case, as a capital makes a name of a heading's word, and names keep their form.
      const tokens = tagger.readDoc(piece.toLowerCase()).tokens();
      // The package's types do not know that its own function may be asked for.
      const found = tokens.out(its.lemma as never) as unknown as string[];
      const stops = tokens.out(its.stopWordFlag) as unknown as boolean[];
      for (let i = 0; i < found.length; i++) {
        const lemma = found[i].toLowerCase();
        if (!stops[i] && word.test(lemma)) lemmas.push(lemma);
      }
    }
    return { sentences, lemmas };
  }
  return (card) => {
    const { blocks, cut } = beginning(cardProse(card));
    const sentences: string[] = [];
    const lemmas: string[] = [];
    for (const block of blocks) {
      let reading = known.get(block);
      if (reading === undefined) {
        reading = readBlock(block);
        known.set(block, reading);
      }
      for (const sentence of reading.sentences) sentences.push(sentence);
      for (const lemma of reading.lemmas) lemmas.push(lemma);
    }
    return { blocks, sentences, lemmas, cut };
  };
}

/** The first {@link longestProse} code units of the blocks. */
function beginning(blocks: string[]): { blocks: string[]; cut: boolean } {
  for (let i = 0, room = longestProse; i < blocks.length; i++) {
    if (blocks[i].length > room) {
      const last = blocks[i].slice(0, room).trim();
      return { blocks: [...blocks.slice(0, i), ...(last === "" ? [] : [last])], cut: true };
    }
    room -= blocks[i].length;
  }
  return { blocks, cut: false };
}

/** A block in pieces that end at the full stops of Chinese and Japanese, none with a long run without white space. */
function pieces(block: string): string[] {
  return block
    .replace(/[。！？]+(?=\S)/g, "$&\n")
    .replace(longRun, "$&\n")
    .split("\n");
}
