/** What a node of a network is; each has its own mark. */
export type NodeType = "dataset" | "model" | "application" | "undocumented";

/** A node of a drawn network. */
export interface NetworkNode {
  name: string;
  type: NodeType;
  /** Edges between it and the one that the network is around, 0 for that one. */
  steps: number;
  /** What is known of it, by name. */
  facts: readonly (readonly [name: string, value: string])[];
}

/** A network to be drawn: what builds on what around one node. */
export interface Network {
  /** What it is around. */
  title: string;
  /** A sentence about what is drawn. */
  words: string;
  nodes: readonly NetworkNode[];
  /** From what was built on to what was built, by place in `nodes`, with a colour and a word for what kind of edge it is. */
  edges: readonly { from: number; to: number; kind?: { label: string; ink: string } }[];
  /** Nodes within the steps that are not drawn. */
  left: number;
}
