/** Groups of tasks by what goes in and comes out, as the Hub sorts its list of tasks. */
export const taskGroups = [
  "language",
  "vision",
  "audio",
  "multimodal",
  "control",
  "tabular",
  "other",
] as const;

/** One of the seven groups of tasks. */
export type TaskGroup = typeof taskGroups[number];

const members: Readonly<Record<Exclude<TaskGroup, "other">, readonly string[]>> = {
  language: [
    "conversational",
    "feature-extraction",
    "fill-mask",
    "multiple-choice",
    "question-answering",
    "sentence-similarity",
    "summarization",
    "table-question-answering",
    "table-to-text",
    "text-classification",
    "text-generation",
    "text-ranking",
    "text-retrieval",
    "text2text-generation",
    "token-classification",
    "translation",
    "zero-shot-classification",
  ],
  vision: [
    "depth-estimation",
    "image-classification",
    "image-feature-extraction",
    "image-segmentation",
    "image-to-3d",
    "image-to-image",
    "image-to-text",
    "image-to-video",
    "keypoint-detection",
    "mask-generation",
    "object-detection",
    "text-to-3d",
    "text-to-image",
    "text-to-video",
    "unconditional-image-generation",
    "video-classification",
    "video-to-video",
    "zero-shot-image-classification",
    "zero-shot-object-detection",
  ],
  audio: [
    "audio-classification",
    "audio-to-audio",
    "automatic-speech-recognition",
    "text-to-audio",
    "text-to-speech",
    "voice-activity-detection",
  ],
  multimodal: [
    "any-to-any",
    "audio-text-to-text",
    "document-question-answering",
    "image-text-to-image",
    "image-text-to-text",
    "image-text-to-video",
    "video-text-to-text",
    "visual-document-retrieval",
    "visual-question-answering",
  ],
  control: ["reinforcement-learning", "robotics"],
  tabular: [
    "tabular-classification",
    "tabular-regression",
    "tabular-to-text",
    "time-series-forecasting",
  ],
};

const groupOf = new Map(
  Object.entries(members).flatMap(([group, tasks]) =>
    tasks.map((task): [string, TaskGroup] => [task, group as TaskGroup])
  ),
);

/**
 * Group of a task as the Hub spells it; `other` where the Hub's list does not have it.
 *
 * @example
 * ```ts
 * import { taskGroup } from "kindred";
 * taskGroup("image-classification"); // "vision"
 * taskGroup("my-own-task"); // "other"
 * ```
 */
export function taskGroup(task: string): TaskGroup {
  return groupOf.get(task) ?? "other";
}
