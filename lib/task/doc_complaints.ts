/** What `deno doc --lint` found, after {@link docComplaints} has looked at it. */
export interface DocComplaints {
  /** Complaints to be shown, one line each. */
  complaints: string[];
  /** How many were about types of packages. */
  excused: number;
}

/**
 * Reads what `deno doc --lint` prints. It takes a type that a public symbol has from a package (a graphology graph) for a private one,
 * and finds faults inside the package when that is exported; those complaints are excused.
 *
 * @param options.read Gives the text of a source by its path.
 */
export function docComplaints(
  output: string,
  { read }: { read: (path: string) => string },
): DocComplaints {
  const complaints: string[] = [];
  let excused = 0;
  for (
    const [, kind, message, place] of output.matchAll(/^error\[([\w-]+)\]: (.*)\n\s*--> (.*)$/gm)
  ) {
    const path = place.replace(/:\d+:\d+$/, "");
    const name = kind === "private-type-ref"
      ? /private type '([^']+)'$/.exec(message)?.[1]
      : undefined;
    if (name !== undefined && importsFromPackage(read(path), name)) excused++;
    else complaints.push(`${place}: ${message}`);
  }
  return { complaints, excused };
}

function importsFromPackage(source: string, name: string): boolean {
  for (
    const [, names, from] of source.matchAll(/^import (?:type )?\{([^}]*)\} from "([^"]+)";$/gm)
  ) {
    if (from.startsWith(".")) continue;
    if (names.split(",").some((part) => part.trim().replace(/^type /, "") === name)) return true;
  }
  return false;
}
