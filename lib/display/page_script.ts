/** A script element that runs a function of the page; the function must name nothing outside itself. */
export function pageScript(run: () => void): string {
  // Indentation and comments of their own lines are a quarter of the text, and every output carries it.
  const lines = run.toString().split("\n").map((line) => line.trim())
    .filter((line) => line !== "" && !/^(?:\/\/|\/\*\*.*\*\/$)/.test(line));
  return `<script>(${lines.join("\n").replaceAll("</", "<\\/")})()</script>`;
}
