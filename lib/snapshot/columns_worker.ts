/**
 * Thread that writes the columns of a snapshot; see {@link ColumnsTask}.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import type { ColumnsTask } from "./model_columns.ts";
import { writeParquetColumns } from "./parquet_write.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<ColumnsTask>) => void;
  postMessage(message: { done: string } | { error: string }): void;
};

scope.onmessage = async ({ data: { path, columns, ...options } }) => {
  try {
    scope.postMessage({ done: await writeParquetColumns(path, columns, options) });
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
