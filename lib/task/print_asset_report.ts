import type { AssetReport } from "../measure/report.ts";
import { printAssetsWithout } from "./print_without.ts";
import { numberText, printable, table } from "../display/text_table.ts";

const types = ["dataset", "model", "application"] as const;

/** The report of an asset snapshot as text for a terminal, about 80 columns wide. */
export function printAssetReport(report: AssetReport): string {
  const { snapshot, counts, graphs, hubs, organizations, flows, perYear, access, without } = report;
  const { organizationsResolved: resolved } = report;
  const section = (title: string, body: string) => `\n${title}\n${body}`;
  const parts = [
    `${printable(snapshot.name)}: ${numberText(snapshot.assets)} assets in ${
      numberText(snapshot.records)
    } records, ` +
    `${numberText(counts.organizations)} organizations` +
    (snapshot.sha256 === null ? "" : `, sha256 ${snapshot.sha256.slice(0, 12)}…`),
    section(
      "Records by type and access",
      table([
        ["type", "records", "open", "limited", "closed", "unknown"],
        ...types.map((type) => [
          type,
          numberText(counts.byType[type]),
          numberText(access[type].open),
          numberText(access[type].limited),
          numberText(access[type].closed),
          numberText(access[type].unknown),
        ]),
      ]),
    ),
    section(
      "Dependencies",
      table([
        ["references", numberText(counts.references)],
        ["to names that are no asset", numberText(counts.undocumentedReferences)],
        ["such names", numberText(counts.undocumentedNames)],
        ["records with a full date", numberText(counts.dated)],
        ["names of several records", numberText(counts.duplicateNames.length)],
      ]),
    ),
    section(
      "Graphs (documented endpoints; plus stubs; stubs merged with assets up to case and white space)",
      table([
        [
          "graph",
          "nodes",
          "edges",
          "components",
          "largest",
          "isolated",
          "self-loops",
          "cycles",
          "longest path",
        ],
        ...(Object.keys(graphs) as (keyof typeof graphs)[]).map((variant) => [
          variant,
          ...[
            "nodes",
            "edges",
            "components",
            "largestComponent",
            "isolated",
            "selfLoops",
            "cycles",
            "longestPath",
          ].map((key) => numberText(graphs[variant][key as keyof typeof graphs.stubs])),
        ]),
      ]),
    ),
    section(
      "Hubs (documented graph): dependants in one step, and through any number of steps",
      table(hubs.direct.map(({ name, dependants }, i) => [
        name,
        numberText(dependants),
        hubs.transitive[i]?.name ?? "",
        hubs.transitive[i] === undefined ? "" : numberText(hubs.transitive[i].dependants),
      ])),
    ),
    section(
      "Organizations by assets of others downstream of theirs (documented graph)",
      impactTable(organizations),
    ),
    ...(resolved === undefined ? [] : [section(
      `The same by data/organization_aliases.csv: ${
        numberText(resolved.bodies)
      } organizations (${resolved.variant} graph)`,
      impactTable(resolved.top),
    )]),
    section(
      "Flows between organizations (documented graph)",
      table([
        ["from", "to", "edges"],
        ...flows.map(({ from, to, edges }) => [from, to, numberText(edges)]),
      ]),
    ),
    section(
      "Records per year of creation",
      table([
        ["year", ...types.map((type) => `${type}s`)],
        ...perYear.map((row) => [String(row.year), ...types.map((type) => numberText(row[type]))]),
      ]),
    ),
    section(
      "Newest records of each type",
      table([
        ["date", "name", "type", "organization", "access"],
        ...report.newest.map(({ date, name, type, organization, access }) => [
          date,
          name,
          type,
          organization,
          access,
        ]),
      ]),
    ),
  ];
  if (without !== undefined) parts.push(printAssetsWithout(without));
  return parts.join("\n");
}

function impactTable(organizations: AssetReport["organizations"]): string {
  return table([
    ["organization", "assets", "external dependants", "of organizations"],
    ...organizations.map(({ name, assets, externalDependants, externalOrganizations }) => [
      name,
      numberText(assets),
      numberText(externalDependants),
      numberText(externalOrganizations),
    ]),
  ]);
}
