/**
 * How tasks are founded, passed on and served by libraries: assumed, so that the published rates can come about.
 *
 * @module
 */

/** Tasks of the fertile roots that are only finetuned. */
export const encoderTasks = {
  "fill-mask": 0.5,
  "feature-extraction": 0.13,
  "automatic-speech-recognition": 0.13,
  "image-classification": 0.12,
  "text-classification": 0.06,
  "sentence-similarity": 0.03,
  "token-classification": 0.03,
};
/** Likewise of those that are also quantized and adapted. */
export const generatorTasks = {
  "text-generation": 0.82,
  "text-to-image": 0.08,
  "image-text-to-text": 0.05,
  "text2text-generation": 0.05,
};
/** Libraries that go with a task; all others take the rest. */
export const taskLibraries: Record<string, readonly string[]> = {
  "reinforcement-learning": ["stable-baselines3", "ml-agents", "sample-factory"],
  "text-to-image": ["diffusers"],
  "text-to-video": ["diffusers"],
  "image-to-image": ["diffusers"],
  "sentence-similarity": ["sentence-transformers"],
  "feature-extraction": ["sentence-transformers", "transformers", "open_clip"],
  "robotics": ["lerobot"],
};

/** How often models of a task are finetuned for another, relative to others. */
export const taskRestlessness = {
  "fill-mask": 6,
  "feature-extraction": 6,
  "text2text-generation": 4,
  "text-generation": 0.5,
  "text-to-image": 0.05,
  "text-classification": 0.3,
  "token-classification": 0.3,
  "automatic-speech-recognition": 0.3,
};

/** How often models are finetuned for a task, relative to others. */
export const taskAttraction = {
  "text-classification": 10,
  "token-classification": 3,
  "text-generation": 3,
  "question-answering": 1.2,
  "automatic-speech-recognition": 1,
  "image-classification": 1,
  "feature-extraction": 0.5,
  "text-to-image": 0.3,
  "fill-mask": 0.5,
  "reinforcement-learning": 0.3,
  "text2text-generation": 2,
  "sentence-similarity": 3,
  "summarization": 2,
  "translation": 2,
  "object-detection": 1,
  "audio-classification": 1,
  "image-segmentation": 0.5,
  "image-text-to-text": 0.5,
  "text-to-speech": 0.3,
  "robotics": 0,
  "text-to-video": 0.1,
  "image-to-image": 0.1,
};
