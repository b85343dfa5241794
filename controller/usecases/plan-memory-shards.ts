import { hash } from 'node:crypto';
import type { PlanShape } from '../plan/plan-shape.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

/** What is remembered of one actor. */
export interface ShardEntry {
  /** See `basisOf`. */
  readonly basis: string;
  /** Canonical names of the folders besides its own that hold images of it. */
  readonly elsewhere?: readonly string[];
  /** Id of the evaluator whose verdicts count in it. */
  readonly evaluator: string;
  /** What selectors look at. */
  readonly type: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly fingerprint: string;
  /** See `actorDigest`. */
  readonly digest: string;
  readonly shape: PlanShape;
  readonly images: number;
  readonly problems?: readonly string[];
  /** RFC 3339: when something in the trash expires. */
  readonly until?: string;
}

/** As written: shapes stand once. */
interface ShardFile {
  readonly formatVersion: '1.0';
  readonly environment: string;
  readonly shapes: readonly PlanShape[];
  readonly actors: Readonly<Record<string, Omit<ShardEntry, 'shape'> & { readonly shape: number }>>;
}

export interface ShardsOptions {
  readonly state: StateBackend;
  /** A digest of all that makes what was remembered elsewhere worthless here. */
  readonly environment: string;
  /** In order. */
  readonly ids: readonly string[];
  /** False: nothing is written. */
  readonly isKept: boolean;
}

/** Actors in one document: some 60 kB, and one request for so many actors. */
const PER_SHARD = 256;

interface Shard {
  readonly before: Promise<ReadonlyMap<string, ShardEntry>>;
  readonly after: Map<string, ShardEntry>;
  left: number;
}

/**
 * The documents of a plan memory: `cache/plans/<n>.cache`, each for so many actors in the order of their ids. Only those that are being
 * worked on are in memory. Written as a whole and without waiting for the disk, with a digest of itself: a half-written or outdated one
 * reads as empty.
 */
export class MemoryShards {
  private readonly state: StateBackend;
  private readonly environment: string;
  private readonly places: ReadonlyMap<string, number>;
  private readonly open = new Map<number, Shard>();
  private readonly shapes = new Map<string, PlanShape>();
  private readonly count: number;
  private readonly isKept: boolean;

  constructor({ state, environment, ids, isKept }: ShardsOptions) {
    this.state = state;
    this.environment = environment;
    this.isKept = isKept;
    this.places = new Map(ids.map((id, index) => [id, Math.floor(index / PER_SHARD)]));
    this.count = ids.length;
  }

  async read(id: string, signal?: AbortSignal): Promise<ShardEntry | undefined> {
    return (await this.shardOf(id, signal).before).get(id);
  }

  keep(id: string, entry: ShardEntry): void {
    this.open.get(this.places.get(id)!)?.after.set(id, entry);
  }

  /** The same object for equal shapes: a hundred thousand plans then take the memory of a few. */
  intern(shape: PlanShape): PlanShape {
    // Notes name images: no other actor has the same.
    if (shape.notes.length > 0) return shape;
    const key = JSON.stringify(shape);
    const known = this.shapes.get(key);
    if (known !== undefined) return known;
    this.shapes.set(key, shape);
    return shape;
  }

  /** Writes a document when all of its actors are done and something in it is new. */
  async done(id: string, signal?: AbortSignal): Promise<void> {
    const place = this.places.get(id)!;
    const shard = this.shardOf(id, signal);
    shard.left -= 1;
    if (shard.left > 0) return;
    this.open.delete(place);
    const before = await shard.before;
    const isSame =
      before.size === shard.after.size &&
      [...shard.after].every(([actor, entry]) => before.get(actor) === entry);
    if (isSame || !this.isKept) return;
    const bytes = encode(this.environment, shard.after);
    // Nobody misses it but the next pass, which then takes longer.
    await this.state.writeBlob(pathOf(place), bytes, 'application/json', signal).catch(() => {});
  }

  private shardOf(id: string, signal?: AbortSignal): Shard {
    const place = this.places.get(id)!;
    let shard = this.open.get(place);
    if (shard === undefined) {
      const left = Math.min(PER_SHARD, this.count - place * PER_SHARD);
      shard = { before: this.load(place, signal), after: new Map(), left };
      this.open.set(place, shard);
    }
    return shard;
  }

  private async load(place: number, signal?: AbortSignal): Promise<ReadonlyMap<string, ShardEntry>> {
    const bytes = await this.state.readBlob(pathOf(place), signal).catch(() => undefined);
    signal?.throwIfAborted();
    const file = bytes === undefined ? undefined : decode(bytes);
    if (file?.environment !== this.environment) return new Map();
    const shapes = file.shapes.map((shape) => this.intern(shape));
    return new Map(
      Object.entries(file.actors).map(([id, { shape, ...entry }]) => [
        id,
        { ...entry, shape: shapes[shape]! },
      ]),
    );
  }
}

function pathOf(place: number): string {
  return `cache/plans/${String(place).padStart(4, '0')}.cache`;
}

/** A line with the digest of what follows, and the document. */
function encode(environment: string, entries: ReadonlyMap<string, ShardEntry>): Uint8Array {
  const numbers = new Map<PlanShape, number>();
  const actors = [...entries].map(([id, { shape, ...entry }]) => {
    if (!numbers.has(shape)) numbers.set(shape, numbers.size);
    return [id, { ...entry, shape: numbers.get(shape)! }] as const;
  });
  const file: ShardFile = {
    formatVersion: '1.0',
    environment,
    shapes: [...numbers.keys()],
    actors: Object.fromEntries(actors),
  };
  const text = JSON.stringify(file);
  return Buffer.from(`${hash('sha256', text)}\n${text}`);
}

function decode(bytes: Uint8Array): ShardFile | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  const cut = text.indexOf('\n');
  const body = text.slice(cut + 1);
  if (hash('sha256', body) !== text.slice(0, cut)) return undefined;
  const file = JSON.parse(body) as ShardFile;
  return file.formatVersion === '1.0' ? file : undefined;
}
