import type { Random } from "../../core/random.ts";
import { card, type Traits } from "./traits.ts";
import { epoch } from "./clock.ts";
import { flag, relation, type Tree } from "./tree.ts";
import { hubs } from "./hubs.ts";

const syllables =
  ("ba be bi bo bu da de di do du fa fe fi fo ga ge go ha he hi ho ja jo ka ke ki ko ku la le li lo lu ma me mi mo mu " +
    "na ne ni no nu pa pe po ra re ri ro ru sa se si so su ta te ti to tu va ve vi").split(" ");
const endings = [
  "",
  "",
  "n",
  "-research",
  "team",
  "s",
  "-community",
  "-ai",
  "lab",
  "_ml",
  "1742",
  "-labs",
  "AI",
  "dev",
  "007",
  "hub",
];
const words =
  ("amber aspen atlas beacon birch cedar cinder comet coral delta drift echo ember falcon fern fjord flint harbor hazel heron " +
    "indigo iris jade juniper kestrel lark lumen lynx maple meadow nimbus north oak onyx opal orbit otter pearl pine prism " +
    "quartz raven reef river robin sable sage slate solar sparrow stone summit swift tide topaz vale violet willow zephyr")
    .split(" ");
const sizes = [
  "",
  "",
  "",
  "-small",
  "-base",
  "-large",
  "-1b",
  "-3B",
  "-7B",
  "-8b",
  "-13b",
  "-mini",
  "-tiny",
];
const versions = ["", "", "", "-v1.0", "-v1", "-v2", "-v0.1", "_v3", "-beta", "-2024"];
const subjects = [
  "sentiment",
  "ner",
  "chat",
  "instruct",
  "medical",
  "legal",
  "code",
  "math",
  "news",
  "qa",
  "story",
  "reviews",
];
const finetuned = ["-finetuned-", "-", "_", "-ft-", "-sft-", "-dpo-", "-tuned-"];
const quantized = [
  "-GGUF",
  "-i1-GGUF",
  "-Q4_K_M-GGUF",
  "-AWQ",
  "-GPTQ",
  "-4bit",
  "-8bit",
  "-exl2",
  "-bnb-4bit",
];
const adapters = ["-lora-", "-qlora-", "-adapter-", "-lora_", "-peft-"];
const games = [
  "LunarLander-v2",
  "CartPole-v1",
  "PandaReach-v3",
  "Pyramids",
  "SnowballTarget",
  "Taxi-v3",
  "Huggy",
];

/** Accounts per model: each is drawn by a power of a uniform number, so that few upload much. */
const accountShare = 0.25;

/**
 * Invented repository ids, unique without regard to case. A child is named after its parent; automatic uploads by program,
 * account and second. The ids of parents are kept, all others forgotten.
 */
export class Names {
  #rng: Random;
  #tree: Tree;
  #traits: Traits;
  #known = new Map<number, string>();
  #hashes: Uint32Array;
  #accounts: number;
  #uploader = new Map<number, { account: string; time: number }>();

  constructor(rng: Random, tree: Tree, traits: Traits) {
    this.#rng = rng;
    this.#tree = tree;
    this.#traits = traits;
    this.#accounts = Math.ceil(tree.models * accountShare);
    this.#hashes = new Uint32Array(2 ** Math.ceil(Math.log2(2 * tree.models + 2)));
    tree.hubRows.forEach((row, hub) => {
      this.#claim(hubs[hub].id);
      this.#known.set(row, hubs[hub].id);
    });
    for (let k = 0; k < tree.outsiders; k++) {
      const id = this.#unique(`${this.#account()}/${this.#title()}`);
      this.#known.set(-2 - k, id);
    }
  }

  /** Id of a row, or of parent k outside the snapshot for -2 - k. */
  of(row: number): string {
    const known = this.#known.get(row);
    if (known !== undefined) return known;
    const id = this.#invent(row);
    if (this.#tree.flags[row] & flag.parent) this.#known.set(row, id);
    return id;
  }

  #invent(row: number): string {
    const { parent, relation: relations, flags, time } = this.#tree;
    const kind = relations[row];
    if (parent[row] === -1) return this.#unique(`${this.#account()}/${this.#rootName(row)}`);
    const source = this.of(parent[row]);
    const [owner, name] = source.split("/");
    if (flags[row] & flag.automatic) {
      const second = Math.floor(epoch / 1000) + time[row];
      return this.#unique(`${this.#program(parent[row], time[row])}/${owner}-${name}-${second}`);
    }
    const stem = name.length > 36 ? name.slice(0, 36).replace(/[-_.]+$/, "") : name;
    if (kind === relation.quantized) {
      return this.#unique(`${this.#account(3)}/${stem}${this.#any(quantized)}`);
    }
    return this.#unique(`${this.#account()}/${this.#childName(row, stem)}`);
  }

  #childName(row: number, stem: string): string {
    const kind = this.#tree.relation[row];
    const rng = this.#rng;
    if (kind === relation.merge) {
      return `${this.#any(words)}-${this.#any(words)}-${rng.chance(0.5) ? "merge" : "slerp"}`;
    }
    if (kind === relation.adapter) {
      if (rng.chance(0.5)) return `${this.#any(words)}-${this.#any(words)}-lora`;
      return `${stem}${this.#any(adapters)}${this.#any(words)}`;
    }
    if (this.#traits.cards[row] === card.trainer || rng.chance(0.4)) {
      const run = rng.chance(0.9) ? `-lr${1 + rng.below(9)}e-05-ep${1 + rng.below(9)}` : "";
      return `${stem}${this.#any(finetuned)}${this.#any(subjects)}${run}`;
    }
    return `${this.#any(words)}-${stem}`;
  }

  #rootName(row: number): string {
    const task = this.#traits.task.quota.values[this.#traits.tasks[row]];
    if (task === "reinforcement-learning") {
      return `${this.#rng.chance(0.6) ? "ppo" : "dqn"}-${this.#any(games)}`;
    }
    return this.#title();
  }

  #title(): string {
    const rng = this.#rng;
    const first = this.#any(words);
    const start = rng.chance(0.4) ? first[0].toUpperCase() + first.slice(1) : first;
    const second = `${rng.chance(0.8) ? "-" : "_"}${this.#any(words)}`;
    const third = `-${this.#any(subjects)}`;
    return `${start}${second}${third}${this.#any(sizes)}${this.#any(versions)}`;
  }

  /** An account; the higher `skew`, the fewer do most. */
  #account(skew = 1): string {
    const u = this.#rng.uniform();
    return accountName(Math.floor(this.#accounts * u ** (2 * skew)));
  }

  /** The account that uploads children of `hub` just now: it stays while the burst lasts. */
  #program(hub: number, time: number): string {
    const last = this.#uploader.get(hub);
    const account = last !== undefined && time - last.time < 1800 ? last.account : this.#account();
    this.#uploader.set(hub, { account, time });
    return account;
  }

  #any(list: readonly string[]): string {
    return list[this.#rng.below(list.length)];
  }

  #unique(id: string): string {
    if (this.#claim(id)) return id;
    for (let length = 10;; length *= 4) {
      const other = `${id}-${this.#rng.below(length)}`;
      if (this.#claim(other)) return other;
    }
  }

  /** Whether no earlier id has this hash; equal hashes of different ids only cost a number at the end. */
  #claim(id: string): boolean {
    const mask = this.#hashes.length - 1;
    let hash = 0x811c9dc5;
    for (let i = 0; i < id.length; i++) {
      const c = id.charCodeAt(i);
      hash = Math.imul(hash ^ (c >= 65 && c <= 90 ? c + 32 : c), 0x01000193);
    }
    hash = (hash ^ (hash >>> 15)) >>> 0 || 1;
    for (let slot = hash & mask;; slot = (slot + 1) & mask) {
      if (this.#hashes[slot] === hash) return false;
      if (this.#hashes[slot] === 0) {
        this.#hashes[slot] = hash;
        return true;
      }
    }
  }
}

/** The id with its letters in another case, which no model has. */
export function wrongCase(id: string): string {
  const lower = id.toLowerCase();
  return lower === id ? id.toUpperCase() : lower;
}

/** Name of account `index`, below 2^22; different indices have different names as long as the alphabet of syllables lasts. */
function accountName(index: number): string {
  // An odd factor permutes the numbers below 2^22, so that neighbours do not look alike.
  const mixed = Math.imul(index + 1, 0x9e3779b1) >>> 10;
  const name = syllables[mixed & 63] + syllables[(mixed >> 6) & 63] + syllables[(mixed >> 12) & 63];
  const styled = (mixed & 3) === 0 ? name : `${words[(mixed >> 4) % words.length]}-${name}`;
  return styled + endings[(mixed >> 18) & 15];
}
