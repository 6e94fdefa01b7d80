/** How to open the notebooks in VS Code, for people to read. */
export const inVsCode =
  `In VS Code: install the extension "Jupyter", run deno task kernel --user once, open a notebook,
then Select Kernel > Jupyter Kernel... > Deno (Kindred).`;
