/** The look of drawings that a script has made live: buttons, tips and what the pointer is on. */
export const graphStyle = `
.kindred-graph{position:relative;display:inline-block;max-width:100%;margin:.2em 0 .8em;background:#fff;color:#1b1f24;font-size:12px;line-height:1.4}
.kindred-graph svg{display:block;max-width:100%;height:auto;cursor:grab;touch-action:none;border:1px solid #c3c9d0;box-sizing:border-box}
.kindred-graph.wide{overflow-x:auto}
.kindred-graph.wide svg{min-width:calc(.9*var(--kindred-width))}
.kindred-graph svg:focus-visible,.kindred-graph .n:focus-visible{outline:2px solid #0072b2}
.kindred-graph .n[aria-expanded]{cursor:pointer}
.kindred-graph .n[aria-expanded=false] circle{stroke:#1b1f24;stroke-width:2}
.kindred-graph .dim{opacity:.15}
.kindred-graph .bar{position:absolute;top:6px;right:6px;display:flex;gap:4px}
.kindred-graph .bar button{min-width:26px;height:24px;padding:0 6px;border:1px solid #c3c9d0;border-radius:4px;background:#fff;color:#1b1f24;font:inherit;cursor:pointer}
.kindred-graph .bar button:hover,.kindred-graph .bar button:focus-visible{border-color:#0072b2;color:#0072b2}
.kindred-graph .tip{position:absolute;z-index:2;pointer-events:none;white-space:pre-line;max-width:320px;overflow-wrap:anywhere;padding:6px 9px;border-radius:4px;background:#1b1f24;color:#fff;font-size:12px}
.kindred-graph .tip::first-line{font-weight:600}
.kindred-graph .tip[hidden]{display:none}
`.trim();
