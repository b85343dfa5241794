import { type BackoffPolicy, backoffMs, DEFAULT_BACKOFF } from '../../../runtime/backoff.ts';
import type { Clock } from '../../../runtime/clock.ts';
import { FAIR_TURN } from '../../../runtime/ready-line.ts';
import {
  type AddOptions,
  PRIORITY,
  type Priority,
  type QueueItem,
  type QueueMeasures,
  type QueueObserver,
  type WorkQueue,
} from '../../../runtime/work-queue.ts';
import { Claims } from './claims.ts';
import type { Engine } from './engine.ts';
import { Intake } from './intake.ts';
import { Poller } from './poller.ts';
import { laneOf, Turns, urgencyOf } from './turns.ts';

export interface BossWorkQueueOptions {
  readonly engine: Engine;
  /** Of the queue in the database; with the version of what is in it. */
  readonly name: string;
  /** Real time: how long to wait before looking again. The times of keys are those of the server. */
  readonly clock: Clock;
  readonly random: () => number;
  readonly backoff?: BackoffPolicy;
  readonly observer?: QueueObserver;
}

interface Taken {
  readonly id: string;
  readonly sinceMs: number;
}

/** From the least urgent up: where a turn that is not the most urgent's begins goes round. */
const PATIENT: readonly Priority[] = [PRIORITY.resync, PRIORITY.drift, PRIORITY.change];

/**
 * The work queue of all processes that share a database, on pg-boss. Keys are added by one process at a time, the leader; any number take.
 * A key in the hands of a process that dies is handed out again within seconds.
 */
export class BossWorkQueue implements WorkQueue, AsyncDisposable {
  readonly #options: BossWorkQueueOptions;
  readonly #claims: Claims<object>;
  readonly #turns = new Turns();
  readonly #intake: Intake;
  readonly #poller: Poller<QueueItem>;
  readonly #taken = new Map<string, Taken>();
  #handedOut = 0;
  #fairTurns = 0;
  #whenEmpty: (() => void)[] = [];

  private constructor(options: BossWorkQueueOptions, claims: Claims<object>) {
    this.#options = options;
    this.#claims = claims;
    this.#intake = new Intake(options.engine, claims, this.#turns);
    this.#poller = new Poller({ clock: options.clock, random: options.random, look: (n) => this.#next(n) });
  }

  static async open(options: BossWorkQueueOptions): Promise<BossWorkQueue> {
    return new BossWorkQueue(options, await Claims.open(options.engine, options.name, options.clock));
  }

  /** Adds that are asked for at the same time go to the database together: a whole library costs a few statements. */
  async add(
    key: string,
    { priority = PRIORITY.resync, group = '', afterMs = 0 }: AddOptions = {},
  ): Promise<void> {
    if (this.#poller.isClosed) return;
    this.#options.observer?.added(key, priority);
    await this.#intake.put({ key, priority, group, afterMs });
    if (afterMs <= 0) this.#poller.ring();
  }

  async retry(key: string, options: Omit<AddOptions, 'afterMs'> = {}): Promise<number> {
    const failures = await this.#intake.countFailure(key);
    const afterMs = backoffMs(failures, this.#options.random(), this.#options.backoff ?? DEFAULT_BACKOFF);
    this.#options.observer?.retried(key, failures, afterMs);
    await this.add(key, { ...options, afterMs });
    return afterMs;
  }

  async forget(key: string): Promise<void> {
    await this.#intake.forgetFailures(key);
  }

  async take(signal?: AbortSignal): Promise<QueueItem | undefined> {
    return await this.#poller.take(signal);
  }

  async done(key: string): Promise<void> {
    const taken = this.#taken.get(key);
    if (taken === undefined) throw new Error(`"${key}" was not taken from the queue`);
    this.#taken.delete(key);
    try {
      await this.#claims.finish(taken);
    } finally {
      this.#options.observer?.done(key, this.#options.clock.now() - taken.sinceMs);
      this.#poller.ring();
      if (this.#taken.size === 0) for (const resolve of this.#whenEmpty.splice(0)) resolve();
    }
  }

  /** Over all processes. */
  async measure(): Promise<QueueMeasures> {
    return await this.#intake.measure();
  }

  /** Of this process alone: others go on. */
  async shutDown(): Promise<void> {
    this.#poller.close();
    if (this.#taken.size > 0) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
  }

  /** What is still held goes to others soon; whoever wants to finish it first calls `shutDown`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#poller[Symbol.asyncDispose]();
    await this.#claims[Symbol.asyncDispose]();
  }

  async #next(wanted: number): Promise<QueueItem[]> {
    const untilFair = FAIR_TURN - 1 - (this.#handedOut % FAIR_TURN);
    const found =
      untilFair === 0 ? await this.#patient() : await this.#claims.fetch(Math.min(wanted, untilFair));
    if (found.length === 0) return [];
    const failures = await this.#merge(found);
    return found.map(({ id, key, priority, waitedMs }) => {
      this.#handedOut += 1;
      this.#turns.seen(priority);
      this.#taken.set(key, { id, sinceMs: this.#options.clock.now() });
      this.#options.observer?.taken(key, waitedMs);
      return { key, priority: urgencyOf(priority), waitedMs, failures: failures.get(key) ?? 0 };
    });
  }

  /** What cannot be handed out after all goes back: kept alive by heartbeats, it would be in nobody's hands for a day. */
  async #merge(found: readonly { readonly id: string; readonly key: string }[]) {
    try {
      return await this.#intake.merge(found.map(({ key }) => key));
    } catch (error) {
      await Promise.all(found.map((claim) => this.#claims.release(claim)));
      throw error;
    }
  }

  /** Now and then somebody else's turn comes before the most urgent's: a less urgent lane, each in its turn. */
  async #patient() {
    this.#fairTurns += 1;
    for (let step = 0; step < PATIENT.length; step += 1) {
      const lane = PATIENT[(this.#fairTurns + step) % PATIENT.length]!;
      const found = await this.#claims.fetch(1, laneOf(lane));
      if (found.length > 0) return found;
    }
    return await this.#claims.fetch(1);
  }
}
