import { basename } from "node:path";

/** What is wrong with a notebook, and where. */
export interface Complaint {
  /** Number of the cell among all, from 1; null for the whole notebook. */
  cell: number | null;
  /** A sentence; further lines are indented. */
  message: string;
}

/** Complaints that are shown of one notebook. */
const most = 20;

/** What is wrong with one notebook, in the order of its cells. */
export function describeComplaints(file: string, complaints: readonly Complaint[]): string[] {
  const lines = complaints.toSorted((a, b) => (a.cell ?? 0) - (b.cell ?? 0))
    .map(({ cell, message }) =>
      `${basename(file)}${cell === null ? "" : `, cell ${cell}`}: ${message}`
    );
  return lines.length > most
    ? [...lines.slice(0, most), `${basename(file)}: ${lines.length - most} more`]
    : lines;
}
