import type { Bar } from "./bar.ts";
import { progress } from "./progress.ts";

/** A bar on stderr, as tasks have it. */
export function terminalBar(label: string): Bar {
  let name = label;
  let known = false;
  let bar = progress(name);
  const restart = (total: number) => {
    bar.end();
    bar = progress(name, { total });
  };
  return {
    step(step) {
      name = `${label}: ${step}`;
      known = false;
      restart(0);
    },
    update(share) {
      if (share !== null && !known) {
        known = true;
        restart(1);
      }
      bar.update(share ?? 0);
    },
    end() {
      bar.end();
      return Promise.resolve();
    },
  };
}
