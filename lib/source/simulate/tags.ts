import type { Random } from "../../core/random.ts";
import { architectures } from "./architectures.ts";
import { flag, relation, type Tree } from "./tree.ts";
import { Links } from "./links.ts";
import { type Names, wrongCase } from "./names.ts";
import { card, type Traits } from "./traits.ts";

/** In place of `region:us`: marks every simulated row, whatever subset it ends up in. */
export const simulatedTag = "region:simulated";

const relationNames = ["untyped", "finetune", "quantized", "adapter", "merge"];
const formats = [
  '"safetensors",',
  '"pytorch","safetensors",',
  '"tensorboard","safetensors",',
  '"pytorch",',
];
const founded = [
  "",
  "",
  '"custom_code",',
  '"onnx",',
  '"jax",',
  '"model_hub_mixin","pytorch_model_hub_mixin",',
  '"conversational",',
  "",
];
const finetunes = [
  '"model-index",',
  '"trl","sft",',
  '"trl","dpo",',
  '"unsloth","trl",',
  '"conversational",',
  '"axolotl",',
  '"custom_code",',
  '"trl","grpo",',
];
const quantizations = [
  '"gguf","llama-cpp","gguf-my-repo",',
  '"gguf","imatrix",',
  '"4-bit","awq",',
  '"gguf","quantized",',
  '"8-bit","bitsandbytes",',
  '"4-bit","gptq",',
  '"gguf",',
  '"exl2",',
];
const adapters = [
  '"lora",',
  '"lora","sft","trl",',
  '"lora","template:sd-lora",',
  '"qlora","unsloth",',
];
const merges = [
  '"mergekit","merge",',
  '"merge","mergekit","lazymergekit",',
  '"merge",',
  '"mergekit","model_stock",',
];

/** Writes the tags of rows as JSON text. */
export class Tags {
  #rng: Random;
  #tree: Tree;
  #traits: Traits;
  #names: Names;
  #links: Links;
  #template: number;
  #licenses: string[];
  #tasks: string[];
  #libraries: string[];
  #architectures: string[];

  /** @param options.siblings Share of children that take the tags their parent's children share. */
  constructor(
    rng: Random,
    { tree, traits, names, siblings }: {
      tree: Tree;
      traits: Traits;
      names: Names;
      siblings: number;
    },
  ) {
    this.#rng = rng;
    this.#tree = tree;
    this.#traits = traits;
    this.#names = names;
    this.#template = siblings;
    this.#links = new Links(rng, traits.task.quota.values);
    const quoted = (prefix: string) => (value: string) =>
      value === "" ? "" : `"${prefix}${value}",`;
    this.#licenses = traits.license.quota.values.map(quoted("license:"));
    this.#tasks = traits.task.quota.values.map(quoted(""));
    this.#libraries = traits.library.quota.values.map(quoted(""));
    this.#architectures = architectures.map(quoted(""));
  }

  /** The array of a row's tags, `["transformers",...,"region:simulated"]`. */
  of(row: number): string {
    const { flags } = this.#tree;
    const { cards, languages, language, licenses, libraries, tasks } = this.#traits;
    const kind = cards[row];
    const carded = kind !== card.none;
    const task = tasks[row];
    const library = libraries[row];
    const machine = (flags[row] & flag.automatic) !== 0;
    const style = this.#style(row);
    const described = library > 0 || task > 0;
    const transformers = this.#libraries[library] === '"transformers",';
    let tags = this.#libraries[library];
    if (described || carded) tags += machine ? formats[0] : formats[style & 3];
    if (transformers) tags += this.#architectures[this.#traits.architectures[row]];
    tags += this.#tasks[task];
    if (kind === card.trainer) tags += '"generated_from_trainer",';
    if (!machine && (described || carded)) tags += this.#making(row, style >>> 2);
    tags += language.tags[languages[row]];
    tags += this.#links.datasets(task, carded);
    tags += this.#links.papers(task, { carded, template: kind === card.template });
    tags += this.#lineage(row);
    tags += this.#licenses[licenses[row]];
    if (transformers && task > 0 && !machine) {
      if (style & 0x7000) tags += '"autotrain_compatible",';
      if (style & 0x2000) tags += '"text-generation-inference",';
      if (style & 0xf0000) tags += '"endpoints_compatible",';
    }
    return `[${tags}"${simulatedTag}"]`;
  }

  /** Bits that decide on the tags nobody follows: the same for most children of a parent by one relation. */
  #style(row: number): number {
    const { parent, relation: relations } = this.#tree;
    const own = parent[row] < 0 || !this.#rng.chance(this.#template);
    return own ? mix(row, 7) : mix(parent[row], relations[row]);
  }

  #making(row: number, style: number): string {
    switch (this.#tree.relation[row]) {
      case relation.finetune:
        return finetunes[style & 7];
      case relation.quantized:
        return quantizations[style & 7];
      case relation.adapter:
        return adapters[style & 3];
      case relation.merge:
        return merges[style & 3];
      default:
        return founded[style & 7];
    }
  }

  #lineage(row: number): string {
    const { parent, relation: relations, flags, moreParents, backward } = this.#tree;
    const kind = relations[row];
    let tags = "";
    if (kind !== relation.root) {
      const id = this.#names.of(parent[row]);
      const wrong = (flags[row] & flag.wrongCase) !== 0;
      tags = reference(wrong ? wrongCase(id) : id, kind);
      for (const more of moreParents.get(row) ?? []) tags += reference(this.#names.of(more), kind);
    }
    const later = backward.get(row);
    if (later !== undefined) tags += reference(this.#names.of(later), relation.finetune);
    if (flags[row] & flag.selfLoop) {
      tags += reference(this.#names.of(row), 1 + mix(row, 3) % 3);
    }
    return tags;
  }
}

function reference(id: string, kind: number): string {
  const untyped = `"base_model:${id}",`;
  return kind === relation.untyped
    ? untyped
    : `${untyped}"base_model:${relationNames[kind]}:${id}",`;
}

/** 32 bits that depend on both numbers. */
function mix(a: number, b: number): number {
  let h = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}
