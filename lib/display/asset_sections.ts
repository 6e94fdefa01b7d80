import { plural } from "../figure/format.ts";
import type { AssetReport } from "../measure/report.ts";
import { assetTypes } from "../source/asset_record.ts";
import { type Section, showSections } from "./sections.ts";
import { shaWords } from "./shares.ts";
import type { Shown } from "./shown.ts";
import { assetsWithoutSections } from "./without_sections.ts";

/** A report on assets as headings and tables. */
export function showAssetReport(report: AssetReport): Shown {
  const { snapshot, counts, organizationsResolved: resolved, without } = report;
  return showSections(`Assets of ${snapshot.name}`, {
    words: [
      `${plural(snapshot.assets, "asset")} in ${plural(snapshot.records, "record")}, ${
        plural(counts.organizations, "organization")
      }${shaWords(snapshot.sha256)}.`,
    ],
    sections: [
      ...countSections(report),
      ...hubSections(report),
      {
        title: "Organizations by assets of others downstream of theirs",
        words: ["Documented graph; organizations as they are written."],
        rows: report.organizations,
      },
      ...resolved === undefined ? [] : [{
        title: "The same with spellings of an organization united",
        words: [`${plural(resolved.bodies, "organization")}, in the ${resolved.variant} graph.`],
        rows: resolved.top,
      }],
      { title: "Flows between organizations", words: ["Documented graph."], rows: report.flows },
      { title: "Dated records by year of creation", rows: report.perYear },
      { title: "Newest records of each type", rows: report.newest },
      ...without === undefined ? [] : assetsWithoutSections(without),
    ],
  });
}

function countSections({ counts, access, graphs }: AssetReport): Section[] {
  return [
    {
      title: "Records by type and access",
      rows: assetTypes.map((type) => ({ type, records: counts.byType[type], ...access[type] })),
    },
    {
      title: "Dependencies",
      rows: [
        ["references", counts.references],
        ["to names that are no asset", counts.undocumentedReferences],
        ["such names", counts.undocumentedNames],
        ["records with a full date", counts.dated],
        ["names of several records", counts.duplicateNames.length],
      ].map(([what, value]) => ({ what, value })),
    },
    {
      title: "Graphs",
      words: [
        "Documented assets only; with undocumented names (stubs); and with names that differ from an asset's by case or white space only as that asset (aliased).",
      ],
      rows: Object.entries(graphs).map(([graph, sizes]) => ({ graph, ...sizes })),
    },
  ];
}

function hubSections({ hubs }: AssetReport): Section[] {
  return [
    { title: "Most dependants in one step", words: ["Documented graph."], rows: hubs.direct },
    {
      title: "Most dependants through any number of steps",
      words: ["Documented graph."],
      rows: hubs.transitive,
    },
  ];
}
