/** A bar, in whatever place. */
export interface Bar {
  /** Begins a step. */
  step(name: string): void;
  /** Shows the share that is done, null where it is not known, and the time. */
  update(share: number | null): void;
  /** Takes the bar away. */
  end(): Promise<void>;
}
