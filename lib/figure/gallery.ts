import type { CleaningReport } from "../graph/clean_models.ts";
import { escapeXml } from "./dom.ts";
import { fontFaces } from "./embed_font.ts";
import type { Figure } from "./figure.ts";
import { fetchedText, type FigureInput, inputText } from "./figure_input.ts";
import type { FigureEntry, FiguresManifest } from "./figures_manifest.ts";
import { count, plural } from "./format.ts";
import { theme } from "./theme.ts";
import { type TierPair, tierPairs } from "./tier_pairs.ts";

const formats = { svg: "SVG", png: "PNG", pdf: "PDF", csv: "CSV" } as const;

const style = `
:root{color-scheme:light dark;--ink:#1b1f24;--muted:#57606a;--paper:#f7f8fa;--card:#fff;--line:#dfe3e8;--link:#0a5a9c;--alert:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--muted:#a6adb5;--paper:#14171b;--card:#1e2227;--line:#343a41;--link:#7db7ea;--alert:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 ${theme.fontFamily}}
a{color:var(--link)}a:focus-visible,summary:focus-visible,.drawing:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
header,main,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:3rem}h1{font-size:2rem;line-height:1.15;margin:0 0 .5rem;letter-spacing:-.02em}
header p{color:var(--muted);max-width:44rem;margin:.25rem 0}
nav ol{columns:17rem;column-gap:2.5rem;padding-left:1.4rem;margin:1.5rem 0}nav li{break-inside:avoid;margin-bottom:.3rem}
article{background:var(--card);border:1px solid var(--line);border-radius:12px;margin:0 0 2rem;padding:1.5rem;scroll-margin-top:1rem}
article h2{font-size:1.25rem;margin:0 0 1rem;letter-spacing:-.01em}article h2 span{color:var(--muted);font-weight:400;margin-right:.4rem}
figure{margin:0}.drawing{background:#fff;border-radius:8px;padding:1rem;overflow-x:auto}
.drawing svg{display:block;margin:0 auto;max-width:100%;height:auto}
.drawing svg[width="${theme.width.column}"]{width:28rem}.drawing svg[width="${theme.width.full}"]{width:56rem;min-width:40rem}
.pair{width:min(calc(100vw - 3rem),112rem);margin-left:50%;transform:translateX(-50%)}
.tiers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,34rem),1fr));gap:1.5rem}.tiers section{min-width:0}
h3{font-size:1rem;margin:0 0 .5rem;color:var(--muted)}
table{border-collapse:collapse;color:#1b1f24;font-size:.8125rem}th,td{text-align:left;vertical-align:top;padding:.2rem .9rem .2rem 0;border-bottom:1px solid #dfe3e8}
td{overflow-wrap:anywhere}td.number{text-align:right;font-variant-numeric:tabular-nums}
figcaption{margin-top:1rem;max-width:48rem;overflow-wrap:anywhere}
.mark{color:var(--alert);font-weight:600}
.files{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;padding:0;margin:1rem 0 0}
.files a{display:inline-block;border:1px solid var(--line);border-radius:999px;padding:.15rem .8rem;text-decoration:none}
.files a:hover{border-color:var(--link)}.files small{color:var(--muted)}
details{margin-top:.75rem;color:var(--muted);font-size:.875rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0 0}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
footer{color:var(--muted);padding-bottom:3rem;font-size:.875rem}
`;

function size(bytes: number): string {
  return bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** One drawing with its caption, files and origin; `heading` stands above it where there are two. */
function drawing(figure: Figure, entry: FigureEntry, { heading }: { heading: string }): string {
  const links = entry.files.map(({ name, bytes }) => {
    const format = name.slice(name.lastIndexOf(".") + 1) as keyof typeof formats;
    return `<li><a href="${escapeXml(name)}">${formats[format]} <small>${
      size(bytes)
    }</small></a></li>`;
  }).join("");
  const facts: [string, string | null][] = [
    ["function", entry.function],
    ["snapshot", entry.snapshot],
    ["sha256", entry.sha256 ?? "none"],
    ["fetched", entry.fetched === null ? null : fetchedText(entry.fetched)],
    ["before", entry.before === null ? null : inputText(entry.before)],
    ["simulated", entry.simulated ? "yes" : "no"],
    ["tier", entry.tier ?? "none"],
    ["graph", entry.graph],
    ["seed", entry.seed === null ? "none" : String(entry.seed)],
    ["version", entry.version],
  ];
  const list = facts.filter(([, text]) => text !== null)
    .map(([term, text]) => `<dt>${term}</dt><dd>${escapeXml(text!)}</dd>`).join("");
  const simulated = entry.simulated ? '<strong class="mark">Simulated data.</strong> ' : "";
  const title = entry.tier === "cleaned" ? `${figure.title}, cleaned tier` : figure.title;
  return `<section>
${heading === "" ? "" : `<h3>${heading}</h3>`}
<figure>
<div class="drawing" tabindex="0" role="group" aria-label="Drawing of ${escapeXml(title)}">
${figure.svg.trim()}
</div>
<figcaption>${simulated}${escapeXml(figure.caption)}</figcaption>
</figure>
<ul class="files" aria-label="Files of ${escapeXml(title)}">${links}</ul>
<details><summary>How it was made</summary><dl>${list}</dl></details>
</section>`;
}

/** A figure; both tiers side by side where they disagree. */
function article({ figure, cleaned }: TierPair, entries: ReadonlyMap<string, FigureEntry>): string {
  const id = escapeXml(figure.name);
  const entry = entries.get(figure.name)!;
  const twin = cleaned === null ? undefined : entries.get(cleaned.name)!;
  const apart = cleaned !== null && twin !== undefined && twin.againstRaw?.agrees === false;
  let body: string;
  if (apart) {
    body = `<div class="tiers">
${drawing(figure, entry, { heading: "Raw tier" })}
${drawing(cleaned, twin, { heading: "Cleaned tier" })}
</div>`;
  } else {
    body = drawing(figure, entry, { heading: entry.tier === "cleaned" ? "Cleaned tier" : "" });
    if (twin !== undefined) {
      const files = twin.files.map(({ name }) => {
        const format = name.slice(name.lastIndexOf(".") + 1) as keyof typeof formats;
        return `<a href="${escapeXml(name)}">${formats[format]}</a>`;
      }).join(", ");
      const difference = twin.againstRaw?.difference ?? 0;
      const how = difference === 0
        ? "shows the same"
        : `differs by at most ${(100 * difference).toFixed(1)}% of the largest number of its kind`;
      body += `<p>The cleaned tier ${how} (${files}).</p>`;
    }
  }
  return `<article id="${id}"${apart ? ' class="pair"' : ""} aria-labelledby="${id}-title">
<h2 id="${id}-title"><span>${figure.name.slice(0, 2)}</span>${escapeXml(figure.title)}</h2>
${body}
</article>`;
}

/** What the cleaned tier leaves out, rule by rule. */
function cleaningSection({ models, removed, orphaned, rules }: CleaningReport): string {
  const rows = rules.filter(({ matched }) => matched > 0).map((rule) => {
    const cells = [rule.matched, rule.removed, rule.matched - rule.removed];
    return `<tr><th scope="row">${escapeXml(rule.rule)}</th><td>${rule.kind}</td>${
      cells.map((cell) => `<td class="number">${count(cell)}</td>`).join("")
    }<td>${rule.examples.map(escapeXml).join("<br>")}</td></tr>`;
  }).join("\n");
  return `<article id="cleaning" aria-labelledby="cleaning-title">
<h2 id="cleaning-title">What the cleaned tier leaves out</h2>
<p>${count(removed)} of ${
    plural(models, "model")
  }, by the first rule that matches. Kept are models with many children, the first uploader of a name, mirrors and quantisers of known models. ${
    plural(orphaned.models, "kept model")
  } lost every parent, ${plural(orphaned.edges, "edge")} in all.</p>
<div class="drawing"><table>
<thead><tr><th scope="col">Rule</th><th scope="col">Kind</th><th scope="col">Matched</th><th scope="col">Left out</th><th scope="col">Kept</th><th scope="col">Left out, for example</th></tr></thead>
<tbody>
${rows}
</tbody>
</table></div>
</article>`;
}

/** All that the figures were made from. */
function inputsSection(inputs: readonly FigureInput[]): string {
  const rows = inputs.map(({ role, name, sha256, fetched = null }) => {
    const cells = [name, sha256 ?? "none", fetched === null ? "" : fetchedText(fetched)];
    return `<tr><th scope="row">${role}</th>${
      cells.map((cell) => `<td>${escapeXml(cell)}</td>`).join("")
    }</tr>`;
  }).join("\n");
  return `<article id="inputs" aria-labelledby="inputs-title">
<h2 id="inputs-title">What the figures were made from</h2>
<div class="drawing"><table>
<thead><tr><th scope="col">Role</th><th scope="col">Name</th><th scope="col">SHA-256</th><th scope="col">Fetched</th></tr></thead>
<tbody>
${rows}
</tbody>
</table></div>
</article>`;
}

/** The gallery: one page with all figures inside, which asks for nothing from elsewhere. */
export async function galleryPage(
  figures: readonly Figure[],
  { manifest }: { manifest: FiguresManifest },
): Promise<string> {
  const entries = new Map(manifest.figures.map((entry) => [entry.name, entry]));
  const pairs = tierPairs(figures);
  const articles = pairs.map((pair) => article(pair, entries));
  const simulated = pairs.filter(({ figure }) => figure.source.simulated).length;
  const note = simulated === 0
    ? ""
    : `<p><strong class="mark">${simulated} of ${pairs.length} figures show simulated data</strong> and say so.</p>`;
  const contents = pairs.map(({ figure: { name, title } }) =>
    `<li><a href="#${escapeXml(name)}">${escapeXml(title)}</a></li>`
  ).join("");
  const tiers = pairs.every(({ cleaned }) => cleaned === null)
    ? ""
    : `<p>Figures of models are drawn of the raw tier and of the ${
      manifest.cleaning === null ? "cleaned one" : '<a href="#cleaning">cleaned one</a>'
    }. The two stand side by side where they disagree: where they name other things, or where two numbers that stand for the same differ by more than 1% of the largest number of their kind.</p>`;
  const cleaning = manifest.cleaning === null ? "" : cleaningSection(manifest.cleaning);
  const left = manifest.leftOut.length === 0
    ? ""
    : `<section aria-labelledby="left-out"><h2 id="left-out">Left out</h2><ul>${
      manifest.leftOut.map((entry) =>
        `<li>${escapeXml(entry.function)}: ${escapeXml(entry.reason)}</li>`
      ).join("")
    }</ul></section>`;
  const body = `<a class="skip" href="#figures">Skip to the figures</a>
<header>
<h1>Figures of the model ecosystem</h1>
<p>Family trees of machine-learning models and the dependency graph of the assets they are built from, measured and drawn by ${
    escapeXml(manifest.tool)
  }.</p>
${note}${tiers}
<nav aria-label="Figures"><ol>${contents}</ol></nav>
</header>
<main id="figures">
${articles.join("\n")}
${cleaning}
${inputsSection(manifest.inputs)}
${left}
</main>
<footer><p>The numbers of the captions are in <a href="values.json">values.json</a>, the origin and checksum of every file in <a href="manifest.json">manifest.json</a>.</p></footer>`;
  const characters = body.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:">
<title>Kindred: figures of the model ecosystem</title>
<style>${await fontFaces(characters)}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
