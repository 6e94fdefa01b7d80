/** Architecture tags of models by task; the empty task stands for those that name none. */
const byTask: Record<string, readonly string[]> = {
  "": ["llama", "mistral", "qwen2", "bert", "gpt2", "gemma", "phi"],
  "text-generation": [
    "llama",
    "mistral",
    "qwen2",
    "gpt2",
    "gemma2",
    "phi3",
    "mixtral",
    "gpt_neox",
    "qwen3",
  ],
  "text-classification": ["bert", "roberta", "distilbert", "deberta-v2", "xlm-roberta", "electra"],
  "token-classification": ["bert", "xlm-roberta", "roberta", "distilbert"],
  "fill-mask": ["bert", "roberta", "distilbert", "xlm-roberta", "electra", "albert"],
  "question-answering": ["bert", "roberta", "distilbert"],
  "sentence-similarity": ["mpnet", "bert", "xlm-roberta"],
  "feature-extraction": ["bert", "wav2vec2", "vit", "clip"],
  "automatic-speech-recognition": ["whisper", "wav2vec2", "hubert", "wav2vec2-bert"],
  "audio-classification": ["wav2vec2", "hubert", "audio-spectrogram-transformer"],
  "text-to-speech": ["vits", "speecht5"],
  "image-classification": ["vit", "swin", "convnext", "resnet", "beit"],
  "image-segmentation": ["segformer", "mask2former"],
  "object-detection": ["detr", "yolos"],
  "text-to-image": ["stable-diffusion", "stable-diffusion-xl", "sd3"],
  "image-to-image": ["swin2sr", "stable-diffusion"],
  "text-to-video": ["wan", "hunyuanvideo"],
  "image-text-to-text": ["llava", "qwen2_vl", "idefics2"],
  "text2text-generation": ["t5", "bart", "mt5"],
  "summarization": ["t5", "bart", "pegasus"],
  "translation": ["marian", "t5", "m2m_100"],
  "reinforcement-learning": ["deep-reinforcement-learning"],
  "robotics": ["act", "pi0", "smolvla"],
};

/** All architecture tags; the codes of the simulation. */
export const architectures: readonly string[] = [
  ...new Set([...Object.values(byTask).flat(), "flux"]),
];

const codes = new Map(
  Object.entries(byTask).map((
    [task, names],
  ) => [task, Uint8Array.from(names, (name) => architectures.indexOf(name))]),
);

/** Code of an architecture for a task; `u` in [0, 1) chooses, the first ones more often. */
export function architectureOf(task: string, u: number): number {
  const choice = codes.get(task) ?? codes.get("")!;
  return choice[Math.floor(u * u * choice.length)];
}
