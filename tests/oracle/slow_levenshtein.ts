/** Levenshtein distance in code points by the table of all prefixes (Wagner and Fischer 1974). */
export function slowLevenshtein(a: string, b: string): number {
  const rows = Array.from(a);
  const columns = Array.from(b);
  let above = columns.map((_, j) => j);
  above.push(columns.length);
  for (let i = 1; i <= rows.length; i++) {
    const row = [i];
    for (let j = 1; j <= columns.length; j++) {
      const changed = above[j - 1] + (rows[i - 1] === columns[j - 1] ? 0 : 1);
      row.push(Math.min(changed, above[j] + 1, row[j - 1] + 1));
    }
    above = row;
  }
  return above[columns.length];
}
