import type { Random } from "../../core/random.ts";
import { Attachment, RowList } from "./attachment.ts";
import { hubs } from "./hubs.ts";
import { type GrowthRates, growthRates, hubFertility, moreParentsMean } from "./growth_rates.ts";
import { buildTimeline, role, scaled, type Timeline } from "./timeline.ts";
import { flag, relation, type Tree } from "./tree.ts";

/** Share of the fertile roots that are only finetuned: encoders. */
const encoderRoots = 0.45;
/** No unpublished model has more children, and no unpublished family more members, than this share of the tenth. */
const ceiling = 0.75;
/** Share of references out of the snapshot that name a parent for the first time. */
const newOutsider = 0.45;

/** Grows the family trees. */
export function grow(rng: Random, models: number): Tree {
  return new Growth(rng, models).run();
}

class Growth {
  #rng: Random;
  #timeline: Timeline;
  #tree: Tree;
  #rates: GrowthRates;
  #children: Uint32Array;
  #family: Uint32Array;
  #members: Uint32Array;
  #attachments: Attachment[];
  #mostChildren: number;
  #mergeable = new RowList();
  #merged = new RowList();
  #outside = new RowList();

  constructor(rng: Random, models: number) {
    this.#rng = rng;
    this.#timeline = buildTimeline(rng, models);
    this.#rates = growthRates();
    this.#tree = {
      models,
      time: this.#timeline.time,
      parent: new Int32Array(models).fill(-1),
      relation: new Uint8Array(models).fill(relation.root),
      flags: new Uint8Array(models),
      moreParents: new Map(),
      backward: new Map(),
      hubRows: new Uint32Array(hubs.length),
      outsiders: 0,
    };
    this.#children = new Uint32Array(models);
    this.#family = new Uint32Array(models);
    this.#members = new Uint32Array(models);
    this.#mostChildren = Math.max(2, scaled(4_000 * ceiling, models));
    const mostMembers = Math.max(4, scaled(8_430 * ceiling, models));
    const hasHub = hubs.map(({ descendants = 0 }) => descendants > 0);
    // Attachment 0 serves everybody; attachment h + 1 the family of hub h alone.
    this.#attachments = [false, ...hasHub].map((own) =>
      new Attachment(
        5,
        (row) =>
          this.#children[row] < this.#mostChildren &&
          (own || this.#members[this.#family[row]] < mostMembers),
      )
    );
  }

  run(): Tree {
    const { role: roles, hub } = this.#timeline;
    for (let row = 0; row < this.#tree.models; row++) {
      const h = hub[row];
      this.#family[row] = row;
      this.#members[row] = 1;
      switch (roles[row]) {
        case role.hub:
          this.#tree.hubRows[h] = row;
          if (hubs[h].task === "fill-mask") this.#tree.flags[row] |= flag.encoder;
          break;
        case role.automatic:
          this.#tree.flags[row] |= flag.automatic;
          this.#join(row, this.#tree.hubRows[h], relation.adapter, 0);
          break;
        case role.child: {
          const kind = this.#handMade(h);
          this.#join(row, this.#tree.hubRows[h], kind, hubs[h].descendants ? h + 1 : 0);
          break;
        }
        case role.descendant: {
          const kind = this.#descentRelation();
          const parent = this.#attachments[h + 1].choose(this.#rng, {
            relation: kind,
            encoders: false,
          });
          this.#join(row, parent < 0 ? this.#tree.hubRows[h] : parent, kind, h + 1);
          break;
        }
        default:
          this.#background(row);
      }
    }
    this.#tree.outsiders = this.#outsiders;
    return this.#tree;
  }

  #outsiders = 0;

  /** Relation of a child that is no automatic upload; those are all adapters. */
  #handMade(h: number): number {
    const { mix, automatic = 0 } = hubs[h];
    const u = this.#rng.uniform() * (1 - Math.min(automatic, mix.adapter));
    if (u < mix.finetune) return relation.finetune;
    return u < mix.finetune + mix.quantized ? relation.quantized : relation.adapter;
  }

  #descentRelation(): number {
    const { finetune, quantized, adapter } = this.#rates;
    const u = this.#rng.uniform() * (finetune + quantized + adapter);
    if (u < finetune) return relation.finetune;
    return u < finetune + quantized ? relation.quantized : relation.adapter;
  }

  #background(row: number): void {
    const rng = this.#rng;
    const { rate } = this.#rates;
    let u = rng.uniform();
    if ((u -= rate.merge) < 0) return this.#merge(row);
    for (const name of ["finetune", "quantized", "adapter", "untyped"] as const) {
      if ((u -= rate[name]) >= 0) continue;
      const kind = relation[name];
      if (rng.chance(rate.outside)) return this.#orphan(row, kind);
      const encoders = kind === relation.finetune || kind === relation.untyped;
      const parent = this.#attachments[0].choose(rng, { relation: kind, encoders });
      if (parent < 0) break;
      return this.#join(row, parent, kind, 0);
    }
    if (rng.chance(this.#rates.fertile.root)) {
      const encoder = rng.chance(encoderRoots);
      this.#tree.flags[row] |= flag.fertile | (encoder ? flag.encoder : 0);
      this.#attachments[0].enrol(row, encoder);
      if (!encoder) this.#mergeable.push(row);
    }
  }

  /** Makes `row` a child; its family's attachment learns of it when it is fertile. */
  #join(row: number, parent: number, kind: number, attachment: number): void {
    const tree = this.#tree;
    tree.parent[row] = parent;
    tree.relation[row] = kind;
    tree.flags[parent] |= flag.parent;
    this.#children[parent]++;
    const family = this.#family[parent];
    this.#family[row] = family;
    this.#members[family]++;
    const encoder = (tree.flags[parent] & flag.encoder) !== 0;
    if (encoder) tree.flags[row] |= flag.encoder;
    if (kind === relation.finetune && !encoder) this.#mergeable.push(row);
    if (this.#rng.chance(this.#fertility(row, kind))) {
      tree.flags[row] |= flag.fertile;
      this.#attachments[attachment].enrol(row, encoder);
    } else if (attachment > 0 && kind === relation.finetune) {
      this.#attachments[attachment].offer(row);
    }
  }

  #fertility(row: number, kind: number): number {
    const { fertile } = this.#rates;
    const ofHub = this.#timeline.role[row] === role.child ||
      this.#timeline.role[row] === role.automatic;
    if (ofHub && !hubs[this.#timeline.hub[row]].descendants) {
      return kind === relation.finetune ? hubFertility : 0;
    }
    if (kind === relation.finetune) return fertile.finetune;
    if (kind === relation.quantized) return fertile.quantized;
    return kind === relation.adapter ? fertile.adapter : 0;
  }

  /** A child of a model that the snapshot lacks. */
  #orphan(row: number, kind: number): void {
    const known = this.#outside;
    const fresh = known.length === 0 || this.#rng.chance(newOutsider);
    const outsider = fresh ? this.#outsiders++ : known.any(this.#rng);
    known.push(outsider);
    this.#tree.parent[row] = -2 - outsider;
    this.#tree.relation[row] = kind;
  }

  #merge(row: number): void {
    const rng = this.#rng;
    if (this.#mergeable.length < 8) return;
    let wanted = 1;
    if (rng.chance(this.#rates.mergesOfSeveral)) {
      wanted = 2;
      const go = 1 - 1 / moreParentsMean;
      while (wanted < 12 && rng.chance(go)) wanted++;
    }
    const parents: number[] = [];
    for (let i = 0; i < 8 * wanted && parents.length < wanted; i++) {
      const copied = this.#merged.length > 0 && rng.chance(0.6);
      const parent = (copied ? this.#merged : this.#mergeable).any(rng);
      if (this.#children[parent] >= this.#mostChildren || parents.includes(parent)) continue;
      parents.push(parent);
    }
    if (parents.length === 0) return;
    for (const parent of parents) {
      this.#merged.push(parent);
      this.#children[parent]++;
      this.#tree.flags[parent] |= flag.parent;
    }
    this.#tree.parent[row] = parents[0];
    this.#tree.relation[row] = relation.merge;
    if (parents.length > 1) this.#tree.moreParents.set(row, parents.slice(1));
    this.#mergeable.push(row);
  }
}
