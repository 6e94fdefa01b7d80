/** An output of a cell, as a notebook file has it. */
export type NotebookOutput = { output_type: string } & Record<string, unknown>;

/** Collects the messages of a cell into the outputs that a notebook file keeps. */
export class NotebookOutputs {
  readonly outputs: NotebookOutput[] = [];
  #clear = false;
  /** Outputs that may be updated, by display id; shared by the cells of a notebook. */
  #displays: Map<string, NotebookOutput[]>;

  constructor(displays: Map<string, NotebookOutput[]>) {
    this.#displays = displays;
  }

  /** Takes a message of IOPub. */
  add(type: string, content: Record<string, unknown>): void {
    if (type === "clear_output") {
      if (content.wait) this.#clear = true;
      else this.outputs.length = 0;
    } else if (type === "update_display_data") {
      const { data, metadata } = content;
      for (const output of this.#displays.get(displayId(content)) ?? []) {
        Object.assign(output, { data, metadata });
      }
    } else if (type === "stream") this.#stream(String(content.name), String(content.text));
    else if (type === "error") {
      const { ename, evalue, traceback } = content;
      this.#push({ output_type: type, ename, evalue, traceback });
    } else if (type === "display_data" || type === "execute_result") {
      const { data, metadata, execution_count } = content;
      const output = type === "execute_result"
        ? { output_type: type, execution_count, data, metadata }
        : { output_type: type, data, metadata };
      this.#push(output);
      const id = displayId(content);
      if (id) this.#displays.set(id, [...this.#displays.get(id) ?? [], output]);
    }
  }

  #stream(name: string, text: string): void {
    const last = this.outputs.at(-1);
    if (!this.#clear && last?.output_type === "stream" && last.name === name) {
      (last.text as string[]).push(text);
    } else this.#push({ output_type: "stream", name, text: [text] });
  }

  #push(output: NotebookOutput): void {
    if (this.#clear) this.outputs.length = 0;
    this.#clear = false;
    this.outputs.push(output);
  }

  /**
   * The outputs with texts as lists of lines, as Jupyter writes them. Displays that hold nothing are left out: they are what progress bars end
   * as, which are shown only on machines slow enough.
   */
  finished(): NotebookOutput[] {
    return this.outputs
      .filter(({ output_type, data }) =>
        output_type !== "display_data" || Object.keys(data as object).length > 0
      )
      .map((output) =>
        output.output_type === "stream"
          ? { ...output, text: lines((output.text as string[]).join("")) }
          : output
      );
  }
}

function displayId(content: Record<string, unknown>): string {
  const { display_id = "" } = (content.transient ?? {}) as { display_id?: string };
  return display_id;
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
