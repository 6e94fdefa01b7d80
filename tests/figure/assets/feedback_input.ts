import { feedbackChannelNames } from "../../../lib/measure/assets/fields/feedback_channel.ts";
import type { FeedbackChannels } from "../../../lib/measure/assets/fields/feedback_channels.ts";

/** Datasets that name every channel, models that say nothing, and one application. */
export function feedbackInput(): Pick<FeedbackChannels, "byType"> {
  const channels = (count: (i: number) => number) =>
    Object.fromEntries(
      feedbackChannelNames.map((channel, i) => [channel, count(i)]),
    ) as FeedbackChannels["byType"][number]["channels"];
  const silent = { none: 0, unknown: 0, absent: 0 };
  return {
    byType: [
      {
        type: "dataset",
        records: 1234,
        known: 900,
        none: 300,
        unknown: 4,
        absent: 30,
        channels: channels((i) => 600 >> i),
      },
      { type: "model", records: 12, known: 0, ...silent, absent: 12, channels: channels(() => 0) },
      {
        type: "application",
        records: 1,
        known: 1,
        ...silent,
        channels: channels((i) => i === 5 ? 1 : 0),
      },
    ],
  };
}
