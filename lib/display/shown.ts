/** What a front end is offered of one thing: texts by MIME type, of which it draws one. */
export type MimeBundle = Record<string, string>;

/** What {@link Shown} is made of. */
export interface ShownParts {
  /** Makes the bundle when a front end asks for it. */
  bundle: () => MimeBundle | Promise<MimeBundle>;
  /** The same as text for a terminal. */
  text: () => string;
}

/**
 * Something that draws itself: as the last expression of a cell in Jupyter, as text when it is logged. In the middle of a cell,
 * `await Deno.jupyter.display(shown)`.
 *
 * @example
 * ```ts
 * import { show } from "kindred";
 * const shown = show([{ model: "a/base", children: 12_345 }]);
 * Object.keys(await shown.bundle()); // ["text/html", "text/plain"]
 * ```
 */
export class Shown {
  #parts: ShownParts;

  /** Wraps what is to be drawn; use {@link show}. */
  constructor(parts: ShownParts) {
    this.#parts = parts;
  }

  /** What Jupyter is offered. */
  async bundle(): Promise<MimeBundle> {
    return await this.#parts.bundle();
  }

  /** What `console.log` prints. */
  toString(): string {
    return this.#parts.text();
  }

  /** Asked for by Deno's kernel. */
  [Symbol.for("Jupyter.display")](): Promise<MimeBundle> {
    return this.bundle();
  }

  /** Asked for by Deno's console. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}
