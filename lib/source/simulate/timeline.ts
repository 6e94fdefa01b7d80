import type { Random } from "../../core/random.ts";
import { drawMoment, lastSecond, seconds } from "./clock.ts";
import { hubs } from "./hubs.ts";
import { faultRates, publishedModels } from "./published.ts";

/** What a row of the timeline is; for all but the background, of which hub. */
export const role = {
  background: 0,
  /** Child of a hub, by hand. */
  child: 1,
  /** Child of a hub, uploaded automatically. */
  automatic: 2,
  /** Further member of a hub's family. */
  descendant: 3,
  hub: 4,
} as const;

/** All births in the order of time: row i is born at `time[i]` with `role[i]` for hub `hub[i]`. */
export interface Timeline {
  /** Seconds since the placeholder moment. */
  time: Uint32Array;
  role: Uint8Array;
  /** Index into `hubs`; 0 for the background. */
  hub: Uint8Array;
}

/** Room for a row's role and hub below its time in one sortable number. */
const roles = 8;
const slots = roles * 32;

/** Number of models of the simulation for a number of the published snapshot. */
export function scaled(count: number, models: number): number {
  return Math.round((count * models) / publishedModels);
}

/**
 * Moments of all births. Hubs are born on their day and take their published share of the models as children; automatic uploads
 * come in bursts; everything else follows the growth of the Hub.
 */
export function buildTimeline(rng: Random, models: number): Timeline {
  const keys = new Float64Array(models);
  let length = 0;
  function add(time: number, what: number, hub: number): void {
    keys[length++] = Math.min(time, lastSecond) * slots + what * 32 + hub;
  }
  for (let h = 0; h < hubs.length; h++) {
    const { created, children, automatic = 0, descendants = 0 } = hubs[h];
    const since = seconds(created);
    add(since, role.hub, h);
    const all = scaled(children, models);
    const machine = Math.round(all * automatic);
    addBursts(rng, { since, count: machine, add: (time) => add(time, role.automatic, h) });
    const opened = since + 86_400;
    for (let i = machine; i < all; i++) add(drawMoment(rng, opened), role.child, h);
    for (let i = scaled(descendants, models); i > 0; i--) {
      add(drawMoment(rng, opened), role.descendant, h);
    }
  }
  const placeholders = Math.round(faultRates.placeholder * models) -
    hubs.filter(({ created }) => seconds(created) === 0).length;
  for (let i = 0; i < placeholders; i++) add(i % 2, role.background, 0);
  while (length < models) add(drawMoment(rng), role.background, 0);
  keys.sort();
  const timeline: Timeline = {
    time: new Uint32Array(models),
    role: new Uint8Array(models),
    hub: new Uint8Array(models),
  };
  for (let i = 0; i < models; i++) {
    const time = Math.floor(keys[i] / slots);
    const slot = keys[i] - time * slots;
    timeline.time[i] = time;
    timeline.role[i] = slot >> 5;
    timeline.hub[i] = slot & 31;
  }
  return timeline;
}

/** Uploads by programs: runs of one account, a minute or two apart, in the ten months after a hub's first weeks. */
function addBursts(
  rng: Random,
  { since, count, add }: { since: number; count: number; add: (time: number) => void },
): void {
  const length = 8 + count / 100;
  for (let left = count; left > 0;) {
    const run = Math.min(left, 1 + Math.floor(rng.exponential() * length));
    let time = since + Math.floor((20 + 280 * rng.uniform()) * 86_400);
    for (let i = 0; i < run; i++) {
      add(time);
      time += 1 + Math.floor(rng.exponential() * 90);
    }
    left -= run;
  }
}
