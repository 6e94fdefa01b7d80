import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parse } from "yaml";
import { paths } from "../../lib/paths.ts";
import { readAssets } from "../../lib/source/ecosystem_graphs.ts";

// All tests but one read the files without the library, so that no fault of the sample is hidden by what a loader forgives.

type Cell = string | string[] | { value: string | string[]; explanation: string };
type Type = "dataset" | "model" | "application";
type Record_ = Record<string, Cell> & { type: Type; name: string };

const decoder = new TextDecoder("utf-8", { fatal: true });
const files = [...Deno.readDirSync(paths.assets)].map(({ name }) => name).sort();
const bytesOf = new Map(files.map((name) => [name, Deno.readFileSync(`${paths.assets}${name}`)]));
const recordsOf = new Map(
  files.map((name) => [name, parse(decoder.decode(bytesOf.get(name))) as Record_[]]),
);
const records = [...recordsOf.values()].flat();
const byName = new Map(records.map((record) => [record.name, record]));
const manifest = JSON.parse(Deno.readTextFileSync(`${paths.data}manifest.json`));

const common = ["name", "organization", "description", "created_date", "url", "dependencies"];
const downstream = [
  "access",
  "license",
  "intended_uses",
  "prohibited_uses",
  "monitoring",
  "feedback",
];
const required: Record<Type, string[]> = {
  dataset: [...common, ...downstream, "quality_control", "datasheet", "modality", "size"],
  model: [
    ...[...common, ...downstream, "quality_control"],
    ...["model_card", "modality", "size", "nationality"],
  ],
  application: [...common, ...downstream, "quality_control", "adaptation", "output_space"],
};
const optional: Record<Type, string[]> = {
  dataset: ["included", "excluded", "sample", "analysis"],
  model: ["analysis", "training_emissions", "training_time", "training_hardware"],
  application: ["terms_of_service", "monthly_active_users", "user_distribution", "failures"],
};

function plain(cell: Cell): string | string[] {
  return typeof cell === "object" && !Array.isArray(cell) ? cell.value : cell;
}

/** What a record says it was built on; nothing where it is not known. */
function dependencies(record: Record_): string[] {
  const value = plain(record.dependencies);
  return Array.isArray(value) ? value : [];
}

function dependants(name: string): string[] {
  return records.filter((record) => dependencies(record).includes(name)).map(({ name }) => name);
}

function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

Deno.test("data/assets holds YAML lists only, at least 100 records, and every type", () => {
  for (const [name, list] of recordsOf) {
    assert.match(name, /^[a-z0-9_]+\.yaml$/);
    assert.ok(Array.isArray(list) && list.length > 0, `${name} is no list of records`);
  }
  assert.ok(records.length >= 100, `found ${records.length} records, expected at least 100`);
  for (const type of Object.keys(required)) {
    const count = records.filter((record) => record.type === type).length;
    assert.ok(count >= 20, `found ${count} records of type ${type}, expected at least 20`);
  }
});

Deno.test("data/assets names each asset once, also up to case and white space", () => {
  const seen = new Map<string, string>();
  for (const { name } of records) {
    const key = name.toLowerCase().replace(/\s+/g, "");
    assert.equal(seen.get(key), undefined, `"${name}" and "${seen.get(key)}" are too alike`);
    seen.set(key, name);
  }
});

Deno.test("data/assets has the fields of each type, and no others", () => {
  for (const record of records) {
    assert.ok(Object.hasOwn(required, record.type), `${record.name} has type ${record.type}`);
    const allowed = [...required[record.type], ...optional[record.type], "type"];
    for (const field of required[record.type]) {
      assert.ok(Object.hasOwn(record, field), `${record.name} has no ${field}`);
    }
    for (const [field, cell] of Object.entries(record)) {
      assert.ok(allowed.includes(field), `${record.name} has a field ${field}`);
      const where = `${record.name}: ${field} is ${JSON.stringify(cell)}`;
      if (typeof cell === "object" && !Array.isArray(cell)) {
        assert.deepEqual(Object.keys(cell), ["value", "explanation"], where);
        assert.ok(cell.explanation.length > 3, where);
      }
      const value = plain(cell);
      if (Array.isArray(value)) assert.equal(field, "dependencies", where);
      else assert.match(String(value), /^\S(.*\S)?$/s, where);
    }
  }
});

Deno.test("data/assets keeps to the vocabularies and forms of the format", () => {
  for (const record of records) {
    const { name, type } = record;
    const text = (field: string) => String(plain(record[field]));
    assert.match(text("access"), /^(open|limited|closed|unknown)$/, name);
    assert.ok(URL.canParse(text("url")) && text("url").startsWith("https://"), `${name}: url`);
    assert.ok(text("description").length >= 25, `${name}: description`);
    if (type === "model") {
      assert.match(text("modality"), /^[a-z]+( [a-z]+)*(, [a-z ]+)*; [a-z]+(, [a-z]+)*$/, name);
      assert.match(text("size"), /^(unknown|[\d.]+[MBT] parameters( \((dense|sparse)\))?)$/, name);
      assert.match(text("nationality"), /^[A-Z]/, name);
    }
    if (type === "dataset") {
      assert.match(text("modality"), /^[a-z]+(, [a-z]+)*$/, name);
      assert.match(text("size"), /^(unknown|.*\d.*)$/, name);
    }
  }
});

Deno.test("data/assets has calendar dates, none after the day of the manifest", () => {
  assert.match(manifest.date, /^\d{4}-\d\d-\d\d$/);
  let exact = 0;
  for (const record of records) {
    const date = plain(record.created_date);
    if (date === "unknown") continue;
    assert.match(String(date), /^\d{4}-\d\d-\d\d$/, record.name);
    assert.equal(new Date(`${date}T00:00Z`).toISOString().slice(0, 10), date, record.name);
    assert.ok(String(date) <= manifest.date, `${record.name} is dated ${date}`);
    exact++;
  }
  assert.ok(exact >= 0.9 * records.length, `only ${exact} of ${records.length} have a date`);
});

Deno.test("data/assets spans the years 2018 to 2024", () => {
  const years = new Set(records.map((record) => String(plain(record.created_date)).slice(0, 4)));
  for (let year = 2018; year <= 2024; year++) assert.ok(years.has(`${year}`), `nothing of ${year}`);
});

Deno.test("data/assets connects People to Reimagine through CommonCrawl, LAION-5B and Stable Diffusion", () => {
  const pipeline = ["People", "CommonCrawl", "LAION-5B", "Stable Diffusion", "Reimagine"];
  for (let i = 1; i < pipeline.length; i++) {
    const asset = byName.get(pipeline[i]);
    assert.ok(asset, `there is no record "${pipeline[i]}"`);
    assert.ok(
      dependencies(asset).includes(pipeline[i - 1]),
      `${pipeline[i]} lacks ${pipeline[i - 1]}`,
    );
  }
  assert.equal(byName.get("People")?.type, "dataset");
  assert.equal(byName.get("Stable Diffusion")?.type, "model");
  assert.equal(byName.get("Reimagine")?.type, "application");
});

const hubs: [name: string, type: Type, some: string[]][] = [
  ["The Pile", "dataset", [
    "GPT-Neo",
    "GPT-J",
    "GPT-NeoX-20B",
    "Pythia",
    "OPT",
    "Cerebras-GPT",
    "LLaMA",
  ]],
  ["P3", "dataset", ["T0", "T0++", "xP3", "Flan-T5", "OPT-IML Bench", "GPT-JT", "T-Few"]],
  ["PaLM", "model", ["Flan-PaLM", "U-PaLM", "PaLM-SayCan", "Minerva", "PaLM-E", "PaLM API"]],
  ["ChatGPT API", "application", [
    "My AI for Snapchat",
    "Q-Chat",
    "Ask Instacart",
    "Shop Assistant",
  ]],
];
for (const [hub, type, some] of hubs) {
  Deno.test(`data/assets names at least seven dependants of ${hub}`, () => {
    assert.equal(byName.get(hub)?.type, type);
    const found = dependants(hub);
    assert.ok(found.length >= 7, `${hub} has ${found.length}: ${found.join(", ")}`);
    for (const name of some) assert.ok(found.includes(name), `${hub} lacks ${name}`);
  });
}

Deno.test("data/assets lists a dependency once, never on itself, never in a cycle", () => {
  const state = new Map<string, "open" | "done">();
  function visit(name: string, path: string[]): void {
    const record = byName.get(name);
    if (record === undefined || state.get(name) === "done") return;
    assert.notEqual(state.get(name), "open", `cycle: ${[...path, name].join(" > ")}`);
    state.set(name, "open");
    const list = dependencies(record);
    assert.equal(new Set(list).size, list.length, `${name} lists a dependency twice`);
    for (const dependency of list) visit(dependency, [...path, name]);
    state.set(name, "done");
  }
  for (const { name } of records) visit(name, []);
  assert.equal(state.size, records.length);
});

Deno.test("data/assets documents at least 80% of its dependencies, and misspells none", () => {
  const references = records.flatMap(dependencies);
  const undocumented = references.filter((name) => !byName.has(name));
  const share = 1 - undocumented.length / references.length;
  assert.ok(share >= 0.8, `${(100 * share).toFixed(1)}% are documented`);
  const key = (name: string) => name.toLowerCase().replace(/[^a-z0-9+]/g, "");
  const keys = new Map(records.map(({ name }) => [key(name), name]));
  for (const name of undocumented) {
    assert.equal(keys.get(key(name)), undefined, `"${name}" means "${keys.get(key(name))}"`);
  }
});

Deno.test("data/manifest.json agrees with the files of data/assets", () => {
  const list = files.map((name) => ({
    name,
    bytes: bytesOf.get(name)!.length,
    sha256: sha256(bytesOf.get(name)!),
    records: recordsOf.get(name)!.length,
  }));
  const references = records.flatMap(dependencies);
  const count = (type: Type) => records.filter((record) => record.type === type).length;
  const wanted = {
    sha256: sha256(list.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join("")),
    counts: {
      files: files.length,
      records: records.length,
      datasets: count("dataset"),
      models: count("model"),
      applications: count("application"),
      references: references.length,
      undocumentedReferences: references.filter((name) => !byName.has(name)).length,
    },
    files: list,
  };
  const { sha256: found, counts, files: listed } = manifest;
  assert.deepEqual(
    { sha256: found, counts, files: listed },
    wanted,
    `data/manifest.json is not of these files; it should say ${JSON.stringify(wanted)}`,
  );
});

Deno.test("readAssets() reads data/assets without an issue and agrees with the manifest", async () => {
  const { records: read, issues, origin } = await readAssets(paths.assets);
  assert.deepEqual(issues, []);
  assert.equal(origin.sha256, manifest.sha256);
  assert.deepEqual(
    read.map(({ name, type, dependencies }) => ({ name, type, dependencies })),
    records.map((record) => ({
      name: record.name,
      type: record.type,
      dependencies: dependencies(record),
    })),
  );
});

Deno.test("data/README.md states the counts of the sample as they are", () => {
  const text = Deno.readTextFileSync(`${paths.data}README.md`).replace(/\s+/g, " ");
  const { records: all, datasets, models, applications, references, undocumentedReferences } =
    manifest.counts;
  const day = new Map(records.map(({ name, created_date }) => [name, String(plain(created_date))]));
  const known = (name: string) => /^\d/.test(day.get(name) ?? "");
  const late = records.flatMap((record) =>
    dependencies(record).filter((name) =>
      known(name) && known(record.name) && day.get(name)! > day.get(record.name)!
    )
  );
  const share = (100 * undocumentedReferences / references).toFixed(1);
  const claims = [
    `${all} records (${datasets} datasets, ${models} models, ${applications} applications)`,
    `${undocumentedReferences} of ${references} references (${share}%)`,
    `${late.length} of the dependencies are dated after`,
    `The Pile (${dependants("The Pile").length} direct dependants)`,
    ...["P3", "PaLM", "ChatGPT API"].map((hub) => `${hub} (${dependants(hub).length})`),
  ];
  for (const claim of claims) assert.ok(text.includes(claim), `data/README.md lacks "${claim}"`);
});
