/**
 * The look of shown tables. Colours are those of the page: JupyterLab's variables where they are set, else shades of the text's own
 * colour, which suit light and dark pages alike.
 * The class is named twice to outweigh the rules that front ends have for all tables.
 */
export const tableStyle = `
.kindred-rows.kindred-rows{margin:.2em 0 .8em;color:var(--jp-content-font-color1,inherit);font-size:13px;line-height:1.4;overflow-x:auto}
.kindred-rows.kindred-rows table{border-collapse:collapse;border:0;margin:0;table-layout:auto;font-size:13px;color:inherit}
.kindred-rows.kindred-rows thead tr,.kindred-rows.kindred-rows tbody tr{background:none;border:0}
.kindred-rows.kindred-rows th,.kindred-rows.kindred-rows td{padding:3px 12px;text-align:left;vertical-align:top;border:0;max-width:36em;overflow-wrap:break-word;white-space:normal}
.kindred-rows.kindred-rows th:first-child,.kindred-rows.kindred-rows td:first-child{padding-left:4px}
.kindred-rows.kindred-rows thead th{border-bottom:1.5px solid var(--jp-border-color0,rgba(128,128,128,.7));font-weight:600;vertical-align:bottom}
.kindred-rows.kindred-rows tbody td{border-bottom:1px solid var(--jp-border-color2,rgba(128,128,128,.25))}
.kindred-rows.kindred-rows tbody tr:hover td{background:var(--jp-rendermime-table-row-hover-background,rgba(128,128,128,.12))}
.kindred-rows.kindred-rows .n{text-align:right;font-variant-numeric:tabular-nums}
.kindred-rows.kindred-rows td.n,.kindred-rows.kindred-rows .u{white-space:nowrap}
.kindred-rows.kindred-rows .u{font-weight:400;opacity:.65;margin-left:.35em}
.kindred-rows.kindred-rows .g td{text-align:center;opacity:.65}
.kindred-rows.kindred-rows p{margin:.4em 4px 0;font-size:12px;opacity:.65}
.kindred-rows.kindred-rows p.c{margin:0 4px .4em;font-size:13px;opacity:1}
.kindred-rows.kindred-rows th[aria-sort]{cursor:pointer}
.kindred-rows.kindred-rows th[aria-sort]:not(.n)::after,.kindred-rows.kindred-rows th[aria-sort].n::before{content:"\\2195";opacity:.3;margin:0 .3em;font-weight:400}
.kindred-rows.kindred-rows th[aria-sort=ascending]:not(.n)::after,.kindred-rows.kindred-rows th[aria-sort=ascending].n::before{content:"\\2191";opacity:1}
.kindred-rows.kindred-rows th[aria-sort=descending]:not(.n)::after,.kindred-rows.kindred-rows th[aria-sort=descending].n::before{content:"\\2193";opacity:1}
`.trim();
