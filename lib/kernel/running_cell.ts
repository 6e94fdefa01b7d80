import type { Captured } from "./capture.ts";
import { type Message, parsePart } from "./message.ts";
import { syntaxError } from "./syntax_error.ts";

/** A request and who sent it. */
export interface Request {
  /** The peer's name in its router. */
  from: string;
  message: Message;
}

/** How a line begins that Deno writes when a cell has no result. */
const noResult = "CDP response has null result.";

/** The cell that runs. */
export class RunningCell {
  readonly request: Request;
  /** It waits for an answer of the person. */
  asked = false;
  interrupted = false;
  /** The kernel has run it; what it showed may be still on its way. */
  replied = false;
  /** Error with which its result could not be shown, as JSON. */
  failure: Uint8Array | null = null;
  #said = "";

  constructor(request: Request) {
    this.request = request;
  }

  /** Whether an output may be what Deno says when it gives a cell up, which tells people nothing. */
  keeps(captured: Captured): captured is Captured & { kind: "stream" } {
    return captured.kind === "stream" && captured.name === "stderr" &&
      (this.interrupted || captured.text.includes(noResult) || /[^\n]$/.test(this.#said));
  }

  /** Keeps such an output. */
  keep(text: string): void {
    this.#said += text;
  }

  /** What was kept, without Deno's own words. */
  get kept(): string {
    return this.#said.split(/^(?=.)/m).filter((line) => !line.startsWith(noResult)).join("");
  }

  /** The reply as it should be: with an error that tells something, and an error where the result could not be shown. */
  async corrected(reply: Record<string, unknown>): Promise<Record<string, unknown>> {
    if (reply.status === "ok" && this.failure) {
      return { ...reply, ...JSON.parse(new TextDecoder().decode(this.failure)), status: "error" };
    }
    if (reply.status !== "error") return reply;
    if (reply.evalue !== "Execution failed") {
      const { evalue, traceback } = reply as { evalue: string; traceback: string[] };
      // What is thrown and no error has no trace; front ends show nothing else.
      return traceback.join("").trim() === ""
        ? { ...reply, traceback: [`Uncaught ${evalue}`] }
        : reply;
    }
    const [ename, evalue] = this.interrupted
      ? ["Interrupted", "The cell was interrupted; variables keep their values."]
      : this.#said.includes("Promise was collected")
      ? ["Error", "The cell awaits a promise that nothing can settle any more."]
      : ["SyntaxError", await syntaxError(String(parsePart(this.request.message.parts[3]).code))];
    const traceback = `${ename}: ${evalue}`.split("\n");
    return { ...reply, ename, evalue: evalue.split("\n")[0], traceback };
  }
}
