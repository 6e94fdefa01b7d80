/** A dataset of Hub rows. */
export interface DatasetSource {
  upstream: "paper" | "hub-stats";
  /** For example `cfahlgren1/hub-stats`. */
  dataset: string;
  /** Configuration with the rows of models, null where there is one only. */
  config: string | null;
  /** Form of the files that their authors published. */
  original: "csv" | "parquet";
  /** Name of the snapshot; of a dated one, to which its day is added. */
  name: string;
  dated: boolean;
}

/** The authors' data of "Anatomy of a Machine Learning Ecosystem". */
export const paperDataset: DatasetSource = {
  upstream: "paper",
  dataset: "modelbiome/ai_ecosystem",
  config: null,
  original: "csv",
  name: "paper",
  dated: false,
};

/** The same with cards. */
export const paperCardsDataset: DatasetSource = {
  ...paperDataset,
  dataset: "modelbiome/ai_ecosystem_withmodelcards",
  name: "paper-cards",
};

/** The daily snapshot of the Hub by its community. */
export const hubStatsDataset: DatasetSource = {
  upstream: "hub-stats",
  dataset: "cfahlgren1/hub-stats",
  config: "models",
  original: "parquet",
  name: "hub-stats",
  dated: true,
};

/** Where the Hub keeps large files: its storage is not on its own host. */
export const hubStorage: readonly string[] = ["*.hf.co", "*.huggingface.co"];
