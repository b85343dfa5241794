import type { QueueMeasures } from '../../../runtime/work-queue.ts';
import type { Claims } from './claims.ts';
import type { Engine } from './engine.ts';

/** A key that is to be handed out. */
export interface Wish {
  readonly key: string;
  /** Where it stands in line; see `Turns`. */
  readonly number: number;
  /** Milliseconds until it is due; 0: it is. */
  readonly afterMs: number;
}

interface Waiting extends Wish {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
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
  private readonly job: string;
  private readonly now: string;
  private readonly failures: string;
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | undefined;

  constructor(engine: Engine, claims: Claims<object>) {
    this.engine = engine;
    this.claims = claims;
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
    const raised = await this.raise(wishes, isDue);
    const added = wishes.filter(({ key }) => !raised.has(key));
    if (added.length === 0) return;
    await this.claims.send(
      added.map(({ key, number, afterMs }) => ({
        singletonKey: key,
        priority: number,
        ...(isDue ? {} : { startAfter: afterMs / 1000 }),
      })),
    );
  }

  /** Keys that wait already: more urgent and sooner, never less. What is due and what is not are apart: one does not answer the other. */
  private async raise(wishes: readonly Wish[], isDue: boolean): Promise<Set<string>> {
    const rows = (await this.ask(
      'add work to',
      `WITH wish AS (SELECT * FROM unnest($2::text[], $3::int[], $4::float8[]) AS w (key, number, after_ms)),
       found AS (SELECT j.id, w.key, w.number, ${this.now} + w.after_ms * interval '1 ms' AS due FROM ${this.job} j
         JOIN wish w ON j.singleton_key = w.key
         WHERE j.name = $1 AND j.state < 'active' AND j.start_after ${isDue ? '<=' : '>'} ${this.now}),
       raised AS (UPDATE ${this.job} j SET priority = greatest(j.priority, f.number),
           start_after = ${isDue ? 'j.start_after' : 'least(j.start_after, f.due)'}
         FROM found f WHERE j.name = $1 AND j.id = f.id AND j.state < 'active'
           AND (j.priority < f.number ${isDue ? '' : 'OR j.start_after > f.due'}))
       SELECT DISTINCT key FROM found`,
      [
        this.claims.name,
        wishes.map(({ key }) => key),
        wishes.map(({ number }) => number),
        wishes.map(({ afterMs }) => afterMs),
      ],
    )) as { key: string }[];
    return new Set(rows.map(({ key }) => key));
  }

  private async ask(doing: string, sql: string, values: readonly unknown[]): Promise<object[]> {
    const { database } = this.engine;
    return await database.retry(() => database.execute(doing, sql, values));
  }
}

/** Of several wishes for a key, the most urgent and the soonest. */
function merged(batch: readonly Wish[]): Wish[] {
  const byKey = new Map<string, Wish>();
  for (const wish of batch) {
    const before = byKey.get(wish.key) ?? wish;
    byKey.set(wish.key, {
      key: wish.key,
      number: Math.max(wish.number, before.number),
      afterMs: Math.min(wish.afterMs, before.afterMs),
    });
  }
  return [...byKey.values()];
}
