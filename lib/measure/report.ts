/**
 * What `deno task measure SNAPSHOT --json` prints: the contract that other programs read. Numbers are plain JSON numbers,
 * never rounded; a mean over nothing is null. Rankings are sorted by count, largest first, ties by code-unit order of
 * the key. Definitions of the model report: Laufer, Oderinwale and Kleinberg, "Anatomy of a Machine Learning Ecosystem"
 * (2025); of the asset report: Bommasani et al., "Ecosystem Graphs" (2023). Fields may be added; none is ever renamed.
 *
 * @module
 */
import type { VocabularyProof } from "../core/terms/vocabulary.ts";
import type { Count } from "../core/top.ts";
import type { AssetVariant } from "../graph/assets.ts";
import type { Relation } from "../graph/lineage.ts";
import type { AssetsWithoutReport } from "./assets/removal/without.ts";
import type { LinkedCategories } from "./linked_categories.ts";
import type { ModelsWithoutReport } from "./models_without.ts";
import type { PersistenceReport } from "./persistence_report.ts";
import type { Tier } from "../snapshot/model_snapshot.ts";
import type { Trait } from "../snapshot/traits.ts";
import type { Access, AssetType } from "../source/asset_record.ts";

/** The report of either kind of snapshot. */
export type Report = ModelReport | AssetReport;

/** Measures of a snapshot of models. */
export interface ModelReport {
  /** Tells it from a report on assets. */
  kind: "models";
  /** What was measured; sha256 is that of the raw input, whatever the tier. */
  snapshot: { name: string; tier: Tier; models: number; sha256: string | null };
  /**
   * Sizes. Self-loops are dropped from the edges; `missingParentReferences` are distinct (parent, child) references whose parent
   * is not in the snapshot, `missingParents` the distinct such parents.
   */
  counts: {
    models: number;
    edges: number;
    edgesByRelation: Record<Relation, number>;
    selfLoops: number;
    missingParentReferences: number;
    missingParents: number;
  };
  /** Whether no model descends from itself. */
  acyclic: boolean;
  /** Edges of the longest path; null when not acyclic. */
  longestPath: number | null;
  /** The ten models with most children over all relations. */
  hubs: { id: string; children: number }[];
  /** Weak components of the no-merge graph, single models included; `topSizes` are the ten largest. */
  families: { components: number; withEdges: number; topSizes: number[] };
  /** Edges of the relation, and how many of their children have a child of their own in the no-merge graph. */
  fertility: Record<"finetune" | "quantized" | "adapter", { edges: number; fertile: number }>;
  /** The ten most frequent values over all models; languages as ISO 639-1 codes. */
  top: Record<Trait, Count[]>;
  /**
   * The ten arXiv categories with most links from models to papers, a link counted in all categories of its paper; absent where no
   * table of categories was given.
   */
  categories?: LinkedCategories;
  /** Mutation rates over the finetune edges whose ends both report the trait. */
  mutation: Record<Trait, {
    edges: number;
    mutations: number;
    rate: number | null;
    /** 95% interval of the rate, families resampled; absent where it was not asked for. */
    interval?: Interval;
  }>;
  /**
   * Transitions on finetune edges: all of them, distinct ordered pairs, the ten most frequent pairs, and the optimal order of the ten
   * most frequent traits of the oriented graph: its first trait is where traffic starts, `forward` of `netTraffic` goes
   * forward, `optimal` says that this is proven.
   */
  transitions: Record<Trait, {
    total: number;
    pairs: number;
    top: { from: string; to: string; count: number }[];
    ordering: {
      traits: string[];
      netTraffic: number;
      forward: number;
      optimal: boolean;
      /** Whether it is the only optimal order; null where that is not known. */
      unique: boolean | null;
      /** How many optimal orders there are, exact up to 2^53. */
      orders: number | null;
      /** Pairs that stand one way round in some optimal orders and the other in others. */
      free: [string, string][];
      /** Net traffic against the order. */
      violations: { from: string; to: string; net: number }[];
    };
  }>;
  /** Means at the parents and at the children of the edges whose ends both report languages, or both have a card. */
  drift: Record<Exclude<Relation, "untyped"> | "overall", {
    edges: number;
    languages: { edges: number; parent: number | null; child: number | null };
    cards: {
      edges: number;
      parentCharacters: number | null;
      childCharacters: number | null;
      /** Share of automatically generated cards. */
      parentAutomatic: number | null;
      childAutomatic: number | null;
    };
    /** 95% intervals of the mean of child less parent, families resampled; absent where they were not asked for. */
    change?: { languages: Interval; characters: Interval; automatic: Interval };
  }>;
  /** What became of traits and license terms down the generations; null where no terms were given. */
  persistence: PersistenceReport | null;
  /**
   * Likeness of kin: by metadata in the no-merge, no-quantized graph; by cards in the finetune graph, null when the snapshot has
   * none. Null until it is computed.
   */
  kinship: {
    metadata: Kinship;
    cards: (Kinship & { cards: number }) | null;
  } | null;
  /** With `--without ID`: what is lost when those models disappear; all relations count. */
  without?: ModelsWithoutReport;
}

/** Ends of a 95% interval, null where it cannot be said. */
export type Interval = [low: number, high: number] | null;

/** Exact mean over all instances of a pair. */
export interface KinshipPair {
  /** Mean similarity, null where there is no instance whose two texts count. */
  mean: number | null;
  /** Instances of the sub-tree in the graph; 1 for `random`, which is one expectation over all pairs. */
  instances: number;
  /** Share of the instances in which both texts count; 1 for metadata, which every model has. */
  pairsShare: number;
  /** 95% interval of the mean, families resampled; absent where it was not asked for, null where it cannot be said. */
  interval?: Interval;
}

/** By how much siblings are more alike than parent and child, and how far that can be trusted. */
export interface SiblingExcess {
  /** Mean of `fork.siblings` less mean of `fork.parentChild`, over all instances. */
  difference: number | null;
  /** 95% interval, families resampled `replicates` times. */
  interval: Interval;
  /** Resamples behind the interval. */
  replicates: number;
  /** The families that drive the number most: what it would be without each, largest change first. */
  influence: { root: string; models: number; without: number | null; change: number }[];
  /**
   * What the difference is when children are dealt again among the parents of their relation and month; `p` is the share of deals
   * with a difference at least as large, the observed one among them. Of more than 10,000 edges a random sample
   * is dealt. Null where there is no difference to deal.
   */
  permutation: { replicates: number; mean: number; low: number; high: number; p: number } | null;
}

/** Likeness of kin by one kind of text, keyed `random`, `edge.parentChild`, `fork.siblings` and so on: see {@link PairName}. */
export interface Kinship {
  /** Cosine of term counts. */
  bagOfWords: Record<PairName, KinshipPair>;
  /** Cosine of counts weighted by inverse document frequency. */
  tfidf: Record<PairName, KinshipPair>;
  /** The vocabulary and why it holds the most frequent terms; see `VocabularyProof`. */
  vocabulary: VocabularyProof & {
    /** Times that the text was read for it. */
    passes: number;
  };
  /** Normalised Levenshtein similarity over all edges whose two texts count. */
  levenshtein: {
    parentChild: {
      mean: number | null;
      edges: number;
      /** 95% interval, families resampled; absent where it was not asked for, null where it cannot be said. */
      interval?: Interval;
    };
  };
  /** `fork.siblings` less `fork.parentChild` with its uncertainty; absent where it was not asked for. */
  siblingExcess?: Record<"bagOfWords" | "tfidf", SiblingExcess>;
}

/** Sub-tree, then the pair inside it. */
export type PairName =
  | "random"
  | "edge.parentChild"
  | "fork.parentChild"
  | "fork.siblings"
  | "chain.grandparent"
  | "chain.lower"
  | "chain.upper"
  | "star.parentChild"
  | "star.siblings"
  | "chainFork.grandparent"
  | "chainFork.lower"
  | "chainFork.upper"
  | "chainFork.siblings"
  | "forkChain.grandparent"
  | "forkChain.aunt"
  | "forkChain.lower"
  | "forkChain.upper"
  | "forkChain.siblings"
  | "longChain.greatGrandparent"
  | "longChain.lowerGrandparent"
  | "longChain.upperGrandparent"
  | "longChain.lower"
  | "longChain.middle"
  | "longChain.upper";

/** Measures of a snapshot of Ecosystem Graphs. */
export interface AssetReport {
  /** Tells it from a report on models. */
  kind: "assets";
  /** What was measured; records that share a name are one asset. */
  snapshot: { name: string; records: number; assets: number; sha256: string | null };
  /**
   * Sizes: records by type; distinct spellings of organizations, unsplit; dependency references in all, those to names that are
   * no asset, and those names; names of several records; records with a full date (a bare year is none).
   */
  counts: {
    byType: Record<AssetType, number>;
    organizations: number;
    references: number;
    undocumentedReferences: number;
    undocumentedNames: number;
    duplicateNames: string[];
    dated: number;
  };
  /**
   * The graph with documented endpoints only, plus stubs, and with stubs merged with assets up to case and white space. Edges
   * include self-loops; components are weak, isolated those of one node, cycles strongly connected components of more than one;
   * the longest path is that of the condensation.
   */
  graphs: Record<"documented" | "stubs" | "aliased", {
    nodes: number;
    edges: number;
    components: number;
    largestComponent: number;
    isolated: number;
    selfLoops: number;
    cycles: number;
    longestPath: number;
  }>;
  /** The fifteen assets with most dependants in one step, and through any number of steps; documented graph. */
  hubs: {
    direct: { name: string; dependants: number }[];
    transitive: { name: string; dependants: number }[];
  };
  /** The twelve organizations with most transitive dependants owned by others; documented graph. */
  organizations: {
    name: string;
    assets: number;
    externalDependants: number;
    externalOrganizations: number;
  }[];
  /**
   * The same with the table of organizations: texts of several split, spellings of one united; aliased graph. `bodies` counts the
   * organizations that own an asset. Absent where no table was given.
   */
  organizationsResolved?: {
    variant: AssetVariant;
    bodies: number;
    top: {
      name: string;
      assets: number;
      externalDependants: number;
      externalOrganizations: number;
    }[];
  };
  /** The ten largest flows between different organizations; documented graph. */
  flows: { from: string; to: string; edges: number }[];
  /** Dated records by year of creation. */
  perYear: { year: number; dataset: number; model: number; application: number }[];
  /** Records by type and access. */
  access: Record<AssetType, Record<Access, number>>;
  /** The three newest records of each type with a full date, newest first. */
  newest: {
    date: string;
    name: string;
    type: AssetType;
    organization: string;
    access: Access;
  }[];
  /** With `--without NAME` and the like: what is lost with those assets; documented graph. */
  without?: AssetsWithoutReport;
}
