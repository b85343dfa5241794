import type { Job, JobInsert } from 'pg-boss';
import type { Clock } from '../../../runtime/clock.ts';
import type { Engine } from './engine.ts';

/** A job that is ours until it is finished, or taken from us because we were not heard of. */
export interface Claim<T> {
  readonly id: string;
  readonly key: string;
  readonly body: T;
  /** Aborts when the job has gone to another. */
  readonly lost: AbortSignal;
}

interface Held {
  readonly attempt: { readonly id: string; readonly retryCount: number };
  readonly lost: AbortController;
}

/** pg-boss takes no less. */
const HEARTBEAT_SECONDS = 10;
const BEAT_MS = 3_000;
/** After a death the next one takes it at once, after many (a job that kills whoever takes it) ever later. */
const RETRY = { retryLimit: 1_000_000, retryDelay: 1, retryBackoff: true, retryDelayMax: 300 };
const DAY_SECONDS = 86_400;

/**
 * One queue of pg-boss as the jobs in it that this process holds: fetched, kept alive by heartbeats, finished. At most one job of a key is
 * held by anybody. A process that dies or stands still loses its jobs after ten seconds; the attempt number then keeps its late words out.
 */
export class Claims<T extends object> implements AsyncDisposable {
  readonly name: string;
  private readonly engine: Engine;
  private readonly clock: Clock;
  private readonly held = new Map<string, Held>();
  private readonly ended = new AbortController();

  private constructor(engine: Engine, name: string, clock: Clock) {
    this.engine = engine;
    this.name = name;
    this.clock = clock;
    void this.beat();
  }

  /** Creates the queue where there is none. Names carry the version of what is in them: a program takes only what it understands. */
  static async open<T extends object>(engine: Engine, name: string, clock: Clock): Promise<Claims<T>> {
    await engine.call('create a queue in', () =>
      engine.boss.createQueue(name, {
        policy: 'singleton',
        heartbeatSeconds: HEARTBEAT_SECONDS,
        expireInSeconds: DAY_SECONDS,
        retentionSeconds: 365 * DAY_SECONDS,
        ...RETRY,
      }),
    );
    return new Claims<T>(engine, name, clock);
  }

  get size(): number {
    return this.held.size;
  }

  async send(jobs: readonly (JobInsert<T> & { singletonKey: string })[]): Promise<void> {
    await this.engine.call('add work to', () => this.engine.boss.insert(this.name, [...jobs]));
  }

  /** Takes up to `limit` jobs that are due, the highest priority first, the oldest first within one. */
  async fetch(
    limit: number,
    range: { readonly minPriority?: number; readonly maxPriority?: number } = {},
  ): Promise<(Claim<T> & { readonly priority: number; readonly waitedMs: number })[]> {
    const jobs = await this.engine.call('take work from', () =>
      this.engine.boss.fetch<T>(this.name, { batchSize: limit, includeMetadata: true, ...range }),
    );
    return jobs.map((job) => ({
      ...this.hold(job, job.singletonKey ?? ''),
      priority: job.priority,
      waitedMs: Math.max(0, job.startedOn.getTime() - job.startAfter.getTime()),
    }));
  }

  /** It is done with, if it is still ours. */
  async finish({ id }: Pick<Claim<T>, 'id'>): Promise<void> {
    const held = this.held.get(id);
    if (held === undefined) return;
    this.held.delete(id);
    await this.engine.call('finish work in', () => this.engine.boss.deleteJob(this.name, held.attempt));
  }

  /** Gives it back. Without an answer it goes to another when its heartbeats have been missed. */
  async release({ id }: Pick<Claim<T>, 'id'>): Promise<void> {
    const held = this.held.get(id);
    if (held === undefined) return;
    this.held.delete(id);
    await this.engine.boss.fail(this.name, held.attempt).catch(() => undefined);
  }

  /** Stops the heartbeats: what is still held goes to others soon. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.ended.abort();
  }

  private hold(job: Job<T>, key: string): Claim<T> {
    const lost = new AbortController();
    this.held.set(job.id, { attempt: { id: job.id, retryCount: job.retryCount }, lost });
    return { id: job.id, key, body: job.data, lost: lost.signal };
  }

  private async beat(): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      await this.clock.sleep(BEAT_MS, signal).catch(() => undefined);
      // A beat that fails is followed by the next; the server decides when it is too late.
      if (!signal.aborted && this.held.size > 0) await this.touch().catch(() => undefined);
    }
  }

  private async touch(): Promise<void> {
    const { boss } = this.engine;
    const all = [...this.held.values()];
    const answer = (await boss.touch(
      this.name,
      all.map(({ attempt }) => attempt),
    )) as { readonly affected: number };
    if (answer.affected === all.length) return;
    for (const held of all) {
      const { affected } = (await boss.touch(this.name, [held.attempt])) as { readonly affected: number };
      if (affected > 0 || !this.held.delete(held.attempt.id)) continue;
      held.lost.abort(new DOMException('another has taken it over', 'AbortError'));
    }
  }
}
