/** A model that the history needs: one of the published ten parents or roots of the largest families, or an invented one. */
export interface Hub {
  id: string;
  /** Day of its creation, `YYYY-MM-DD`; the placeholder day for those older than the Hub's dates. */
  created: string;
  /** Children in the published snapshot; assumed where only the family is published or the hub is invented. */
  children: number;
  /** Share of its children by relation. */
  mix: { finetune: number; quantized: number; adapter: number };
  /** Members of the family that are no children of the hub, drawn within the family; assumed. */
  descendants?: number;
  /** Share of the children that automatic uploads make. */
  automatic?: number;
  license: string;
  task: string;
  library: string;
  /** Name of a list in languages.ts, or codes. */
  languages: readonly string[] | "massive";
  architecture: string;
  /** Invented: not a model of the real Hub. */
  invented?: true;
}

const swarm = { finetune: 0.005, quantized: 0.005, adapter: 0.99 };
const encoder = { finetune: 0.97, quantized: 0.01, adapter: 0.02 };
const base = { finetune: 0.35, quantized: 0.1, adapter: 0.55 };
const qwen = {
  license: "other",
  task: "text-generation",
  library: "transformers",
  languages: ["en"],
  architecture: "qwen2",
};
const gemma = {
  license: "gemma",
  task: "text-generation",
  library: "transformers",
  languages: [],
  architecture: "gemma",
};
const speech = {
  created: "2022-09-26",
  mix: { finetune: 0.85, quantized: 0.03, adapter: 0.12 },
  license: "apache-2.0",
  task: "automatic-speech-recognition",
  library: "transformers",
  languages: "massive",
  architecture: "whisper",
  invented: true,
} as const;

/**
 * The ten parents with most children, the three other roots of the ten largest families, and three invented multilingual
 * hubs, which carry the long language lists that the drift of languages starts from.
 */
export const hubs: readonly Hub[] = [
  {
    id: "black-forest-labs/FLUX.1-dev",
    created: "2024-07-31",
    children: 33_042,
    mix: { finetune: 0.02, quantized: 0.01, adapter: 0.97 },
    license: "other",
    task: "text-to-image",
    library: "diffusers",
    languages: ["en"],
    architecture: "flux",
  },
  {
    id: "Qwen/Qwen1.5-0.5B",
    created: "2024-01-22",
    children: 32_501,
    mix: swarm,
    automatic: 0.992,
    ...qwen,
  },
  {
    id: "Qwen/Qwen1.5-1.8B",
    created: "2024-01-22",
    children: 30_581,
    mix: swarm,
    automatic: 0.99,
    ...qwen,
  },
  {
    id: "google/gemma-2b",
    created: "2024-02-08",
    children: 23_794,
    mix: { finetune: 0.03, quantized: 0.01, adapter: 0.96 },
    automatic: 0.9,
    ...gemma,
  },
  {
    id: "google/gemma-7b",
    created: "2024-02-08",
    children: 9_565,
    mix: { finetune: 0.08, quantized: 0.02, adapter: 0.9 },
    automatic: 0.75,
    ...gemma,
  },
  {
    id: "distilbert/distilbert-base-uncased",
    created: "2022-03-02",
    children: 9_361,
    mix: encoder,
    license: "apache-2.0",
    task: "fill-mask",
    library: "transformers",
    languages: ["en"],
    architecture: "distilbert",
  },
  {
    id: "stabilityai/stable-diffusion-xl-base-1.0",
    created: "2023-07-25",
    children: 8_430,
    mix: { finetune: 0.08, quantized: 0.01, adapter: 0.91 },
    license: "openrail++",
    task: "text-to-image",
    library: "diffusers",
    languages: [],
    architecture: "stable-diffusion-xl",
  },
  {
    id: "Qwen/Qwen1.5-7B",
    created: "2024-01-22",
    children: 6_457,
    mix: swarm,
    automatic: 0.95,
    ...qwen,
  },
  {
    id: "google-bert/bert-base-uncased",
    created: "2022-03-02",
    children: 5_556,
    mix: encoder,
    license: "apache-2.0",
    task: "fill-mask",
    library: "transformers",
    languages: ["en"],
    architecture: "bert",
  },
  {
    id: "aubmindlab/bert-base-arabertv02",
    created: "2022-03-02",
    children: 4_000,
    mix: { finetune: 1, quantized: 0, adapter: 0 },
    license: "",
    task: "fill-mask",
    library: "transformers",
    languages: ["ar"],
    architecture: "bert",
  },
  {
    id: "meta-llama/Meta-Llama-3-8B",
    created: "2024-04-17",
    children: 2_900,
    descendants: 24_300,
    mix: base,
    license: "llama3",
    task: "text-generation",
    library: "transformers",
    languages: ["en"],
    architecture: "llama",
  },
  {
    id: "meta-llama/Llama-3.1-8B",
    created: "2024-07-14",
    children: 2_900,
    descendants: 9_500,
    mix: base,
    license: "llama3.1",
    task: "text-generation",
    library: "transformers",
    languages: ["en", "de", "fr", "it", "pt", "hi", "es", "th"],
    architecture: "llama",
  },
  {
    id: "Qwen/Qwen2.5-7B",
    created: "2024-09-15",
    children: 2_500,
    descendants: 6_400,
    mix: base,
    license: "apache-2.0",
    task: "text-generation",
    library: "transformers",
    languages: ["en"],
    architecture: "qwen2",
  },
  { id: "orvanta/polyphon-small", children: 3_700, ...speech },
  { id: "orvanta/polyphon-medium", children: 3_300, ...speech },
  { id: "orvanta/polyphon-tiny", children: 2_900, ...speech },
];
