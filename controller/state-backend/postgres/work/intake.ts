import type { Priority, QueueMeasures } from '../../../runtime/work-queue.ts';
import type { Claims } from './claims.ts';
import type { Engine } from './engine.ts';
import { type Turns, urgencyOf } from './turns.ts';

/** A key that is to be handed out. */
export interface Wish {
  readonly key: string;
  readonly priority: Priority;
  readonly group: string;
  /** Milliseconds until it is due; 0: it is. */
  readonly afterMs: number;
}

interface Waiting extends Wish {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Placed extends Wish {
  /** Where it stands in line; see `Turns`. */
  readonly number: number;
}

/** Keys that one statement adds. */
const BATCH = 1_000;

/**
 * What pg-boss does not do by itself: a key that waits and is wanted again is raised instead of added, one that is handed out takes with it
 * what else is due of it, and failures in a row are counted by key. Reads and writes the columns of its job table that say so.
 */
export class Intake {
  private readonly engine: Engine;
  private readonly claims: Claims<object>;
  private readonly turns: Turns;
  private readonly job: string;
  private readonly now: string;
  private readonly failures: string;
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | undefined;

  constructor(engine: Engine, claims: Claims<object>, turns: Turns) {
    this.engine = engine;
    this.claims = claims;
    this.turns = turns;
    this.job = `${engine.schema}.job`;
    this.now = `${engine.schema}.job_now()`;
    this.failures = `${engine.ownSchema}.work_failures`;
  }

  /** Resolves when it is in the database. What is put meanwhile follows in one go, in the order in which it came. */
  async put(wish: Wish): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ ...wish, resolve, reject });
      this.flushing ??= this.flush();
    });
  }

  /** Everything else that is due of these keys is answered by this hand-out. Returns the failures in a row of those that have some. */
  async merge(keys: readonly string[]): Promise<Map<string, number>> {
    const rows = (await this.ask(
      'take work from',
      `WITH answered AS (DELETE FROM ${this.job}
         WHERE name = $1 AND singleton_key = ANY($2::text[]) AND state < 'active' AND start_after <= ${this.now})
       SELECT key, failures FROM ${this.failures} WHERE queue = $1 AND key = ANY($2::text[])`,
      [this.claims.name, keys],
    )) as { key: string; failures: number }[];
    return new Map(rows.map(({ key, failures }) => [key, failures]));
  }

  /** One more failure; returns how many that makes. */
  async countFailure(key: string): Promise<number> {
    const [row] = (await this.ask(
      'count a failure in',
      `INSERT INTO ${this.failures} AS f (queue, key, failures) VALUES ($1, $2, 1)
       ON CONFLICT (queue, key) DO UPDATE SET failures = f.failures + 1 RETURNING failures`,
      [this.claims.name, key],
    )) as { failures: number }[];
    return row!.failures;
  }

  async forgetFailures(key: string): Promise<void> {
    const sql = `DELETE FROM ${this.failures} WHERE queue = $1 AND key = $2`;
    await this.ask('forget failures in', sql, [this.claims.name, key]);
  }

  async measure(): Promise<QueueMeasures> {
    const [row] = (await this.ask(
      'count the work in',
      `SELECT count(*) FILTER (WHERE state < 'active' AND start_after <= ${this.now})::int AS ready,
         count(*) FILTER (WHERE state < 'active' AND start_after > ${this.now})::int AS delayed,
         count(*) FILTER (WHERE state = 'active')::int AS processing
       FROM ${this.job} WHERE name = $1 AND state IN ('created', 'retry', 'active')`,
      [this.claims.name],
    )) as QueueMeasures[];
    return row!;
  }

  private async flush(): Promise<void> {
    // Whoever adds many does so in one go.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const isDue = this.waiting[0]!.afterMs <= 0;
      const end = this.waiting.findIndex(({ afterMs }) => afterMs <= 0 !== isDue);
      const batch = this.waiting.splice(0, Math.min(BATCH, end < 0 ? this.waiting.length : end));
      try {
        await this.store(batch, isDue);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.flushing = undefined;
  }

  private async store(batch: readonly Wish[], isDue: boolean): Promise<void> {
    const wishes = merged(batch);
    const waiting = await this.find(wishes, isDue);
    // One that waits and is as urgent keeps its place: it takes no turn of its group again.
    const placed = wishes
      .filter(({ key, priority }) => (waiting.get(key) ?? Number.POSITIVE_INFINITY) > priority)
      .map((wish) => ({ ...wish, number: this.numberOf(wish) }));
    await this.raise(placed.filter(({ key }) => waiting.has(key)));
    await this.send(placed.filter(({ key }) => !waiting.has(key)));
  }

  private numberOf({ priority, group, afterMs }: Wish): number {
    return afterMs > 0 ? this.turns.current(priority) : this.turns.next(priority, group);
  }

  /**
   * The keys among these that wait already, and how urgent they are; what is not due is made due sooner on the way, never later. What is due
   * and what is not are apart: one does not answer the other.
   */
  private async find(wishes: readonly Wish[], isDue: boolean): Promise<Map<string, Priority>> {
    const rows = (await this.ask(
      'add work to',
      `WITH wish AS (SELECT * FROM unnest($2::text[], $3::float8[]) AS w (key, after_ms)),
       found AS (SELECT j.id, w.key, j.priority, ${this.now} + w.after_ms * interval '1 ms' AS due FROM ${this.job} j
         JOIN wish w ON j.singleton_key = w.key
         WHERE j.name = $1 AND j.state < 'active' AND j.start_after ${isDue ? '<=' : '>'} ${this.now}),
       sooner AS (UPDATE ${this.job} j SET start_after = f.due FROM found f
         WHERE j.name = $1 AND j.id = f.id AND j.state < 'active' AND ${isDue ? 'false' : 'j.start_after > f.due'})
       SELECT key, max(priority) AS number FROM found GROUP BY key`,
      [this.claims.name, wishes.map(({ key }) => key), wishes.map(({ afterMs }) => afterMs)],
    )) as { key: string; number: number }[];
    return new Map(rows.map(({ key, number }) => [key, urgencyOf(number)]));
  }

  /** Keys that wait, and are more urgent now. */
  private async raise(wishes: readonly Placed[]): Promise<void> {
    if (wishes.length === 0) return;
    await this.ask(
      'add work to',
      `UPDATE ${this.job} j SET priority = w.number FROM unnest($2::text[], $3::int[], $4::bool[]) AS w (key, number, is_due)
       WHERE j.name = $1 AND j.singleton_key = w.key AND j.state < 'active' AND (j.start_after <= ${this.now}) = w.is_due
         AND j.priority < w.number`,
      [
        this.claims.name,
        wishes.map(({ key }) => key),
        wishes.map(({ number }) => number),
        wishes.map(({ afterMs }) => afterMs <= 0),
      ],
    );
  }

  private async send(wishes: readonly Placed[]): Promise<void> {
    if (wishes.length === 0) return;
    await this.claims.send(
      wishes.map(({ key, number, afterMs }) => ({
        singletonKey: key,
        priority: number,
        ...(afterMs > 0 ? { startAfter: afterMs / 1000 } : {}),
      })),
    );
  }

  private async ask(doing: string, sql: string, values: readonly unknown[]): Promise<object[]> {
    const { database } = this.engine;
    return await database.retry(() => database.execute(doing, sql, values));
  }
}

/** Of several wishes for a key, the most urgent and the soonest; the newer group holds. */
function merged(batch: readonly Wish[]): Wish[] {
  const byKey = new Map<string, Wish>();
  for (const wish of batch) {
    const before = byKey.get(wish.key) ?? wish;
    byKey.set(wish.key, {
      ...wish,
      priority: Math.min(wish.priority, before.priority) as Priority,
      afterMs: Math.min(wish.afterMs, before.afterMs),
    });
  }
  return [...byKey.values()];
}
