/**
 * What `deno task measure SNAPSHOT --json` prints: the contract that other programs read. Numbers are plain JSON numbers, never
 * rounded; a mean over nothing is null. Arrays called "top" are sorted by count, largest first, ties by code-unit order of the key.
 * Definitions of the model report: Laufer, Oderinwale and Kleinberg, "Anatomy of a Machine Learning Ecosystem" (2025); of the
 * asset report: Bommasani et al., "Ecosystem Graphs" (2023). Fields may be added; none is ever renamed.
 *
 * @module
 */
export type Report = ModelReport | AssetReport;

export type Relation = "finetune" | "quantized" | "adapter" | "merge" | "untyped";
export type Trait = "language" | "license" | "task" | "library";
export interface Count {
  value: string;
  count: number;
}

export interface ModelReport {
  kind: "models";
  snapshot: { name: string; models: number; sha256: string | null };
  counts: {
    models: number;
    edges: number;
    edgesByRelation: Record<Relation, number>;
    selfLoops: number; // dropped
    missingParentReferences: number; // distinct (parent, child) references whose parent is not in the snapshot
    missingParents: number; // distinct such parents
  };
  acyclic: boolean;
  longestPath: number | null; // edges; null when not acyclic
  hubs: { id: string; children: number }[]; // top 10, all relations
  families: { components: number; withEdges: number; topSizes: number[] }; // no-merge graph; components include single models; 10 largest sizes
  fertility: Record<"finetune" | "quantized" | "adapter", { edges: number; fertile: number }>;
  top: Record<Trait, Count[]>; // 10 each, over all models; language as ISO 639-1 code
  mutation: Record<Trait, { edges: number; mutations: number; rate: number | null }>; // finetune edges
  transitions: Record<Trait, {
    total: number; // all transitions counted
    pairs: number; // distinct ordered pairs
    top: { from: string; to: string; count: number }[]; // 10
    /** Null until it is computed. */
    ordering: { // the 10 most frequent traits of the oriented graph
      traits: string[]; // optimal order, first = where traffic starts
      netTraffic: number;
      forward: number; // net traffic that goes forward: the optimum
      optimal: boolean; // proven
    } | null;
  }>;
  drift: Record<Exclude<Relation, "untyped"> | "overall", {
    edges: number;
    languages: { edges: number; parent: number | null; child: number | null }; // both ends report
    cards: { // both ends have a card
      edges: number;
      parentCharacters: number | null;
      childCharacters: number | null;
      parentAutomatic: number | null; // share of automatically generated cards
      childAutomatic: number | null;
    };
  }>;
  /** Null until it is computed. */
  kinship: {
    metadata: Kinship; // no-merge, no-quantized graph
    cards: (Kinship & { cards: number }) | null; // finetune graph; null when the snapshot has no cards
  } | null;
}

/** Exact means over all instances, keyed "random", "edge.parentChild", "fork.siblings" and so on: see PairName. */
export interface Kinship {
  bagOfWords: Record<PairName, { mean: number | null; instances: number }>;
  tfidf: Record<PairName, { mean: number | null; instances: number }>;
  levenshtein: { parentChild: { mean: number | null; edges: number } };
}
/** Sub-tree, then the pair inside it. The reference files call the sub-trees duo, trio_1, trio_2, quad_0, quad_1, quad_2, quad_3. */
export type PairName =
  | "random"
  | "edge.parentChild" // duo
  | "fork.parentChild"
  | "fork.siblings" // trio_1
  | "chain.grandparent"
  | "chain.lower"
  | "chain.upper" // trio_2
  | "star.parentChild"
  | "star.siblings" // quad_0
  | "chainFork.grandparent"
  | "chainFork.lower"
  | "chainFork.upper"
  | "chainFork.siblings" // quad_1
  | "forkChain.grandparent"
  | "forkChain.aunt"
  | "forkChain.lower"
  | "forkChain.upper"
  | "forkChain.siblings" // quad_2
  | "longChain.greatGrandparent"
  | "longChain.lowerGrandparent"
  | "longChain.upperGrandparent"
  | "longChain.lower"
  | "longChain.middle"
  | "longChain.upper"; // quad_3

export interface AssetReport {
  kind: "assets";
  snapshot: { name: string; records: number; assets: number; sha256: string | null };
  counts: {
    byType: Record<"dataset" | "model" | "application", number>; // records
    organizations: number; // distinct spellings, unsplit
    references: number; // dependency references in all
    undocumentedReferences: number;
    undocumentedNames: number;
    duplicateNames: string[];
    dated: number; // records with a usable date, a bare year not counted
  };
  /** Edges include self-loops. Documented endpoints only; plus stubs; stubs merged with assets up to case and white space. */
  graphs: Record<"documented" | "stubs" | "aliased", {
    nodes: number;
    edges: number;
    components: number;
    largestComponent: number;
    isolated: number;
    selfLoops: number;
    cycles: number;
    longestPath: number;
  }>; // longestPath on the condensation; components weak; isolated = components of size 1; cycles = strongly connected components of size > 1
  hubs: { // documented graph, top 15
    direct: { name: string; dependants: number }[];
    transitive: { name: string; dependants: number }[];
  };
  organizations: {
    name: string;
    assets: number;
    externalDependants: number;
    externalOrganizations: number;
  }[]; // top 12 by transitive dependants owned by others, documented graph
  flows: { from: string; to: string; edges: number }[]; // top 10 between different organizations, documented graph
  perYear: { year: number; dataset: number; model: number; application: number }[];
  access: Record<
    "dataset" | "model" | "application",
    Record<"open" | "limited" | "closed" | "unknown", number>
  >;
  /** With --without NAME (repeatable): everything downstream of those assets, documented graph. */
  without?: {
    seeds: string[];
    dependants: number;
    byType: Record<"dataset" | "model" | "application", number>;
    names: string[];
  };
}
