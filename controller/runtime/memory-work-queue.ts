import { type BackoffPolicy, backoffMs, DEFAULT_BACKOFF } from './backoff.ts';
import type { Clock } from './clock.ts';
import { DelayLine } from './delay-line.ts';
import { ReadyLine } from './ready-line.ts';
import {
  type AddOptions,
  PRIORITY,
  type Priority,
  type QueueItem,
  type QueueMeasures,
  type QueueObserver,
  type WorkQueue,
} from './work-queue.ts';

export interface MemoryWorkQueueOptions {
  /** One that never steps (`steadyClock`), or delays grow and shrink with the wall clock. */
  readonly clock: Clock;
  /** Evenly distributed in [0, 1). */
  readonly random: () => number;
  readonly backoff?: BackoffPolicy;
  readonly observer?: QueueObserver;
}

interface Wanted {
  readonly key: string;
  readonly priority: Priority;
  readonly group: string;
}

interface Held {
  readonly sinceMs: number;
  /** Added again meanwhile. */
  again?: Wanted;
}

interface Waiter {
  readonly give: (item: QueueItem | undefined) => void;
}

/** The work queue of one process. */
export class MemoryWorkQueue implements WorkQueue {
  readonly #options: MemoryWorkQueueOptions;
  readonly #ready = new ReadyLine();
  readonly #delayed = new DelayLine<Wanted & { readonly dueMs: number }>();
  readonly #held = new Map<string, Held>();
  readonly #failures = new Map<string, number>();
  readonly #waiters = new Set<Waiter>();
  /** Ends the sleep until the next delayed key. */
  #alarm: { readonly atMs: number; readonly stop: AbortController } | undefined;
  #order = 0;
  #isShutDown = false;
  #whenEmpty: (() => void)[] = [];

  constructor(options: MemoryWorkQueueOptions) {
    this.#options = options;
  }

  async add(
    key: string,
    { priority = PRIORITY.resync, group = '', afterMs = 0 }: AddOptions = {},
  ): Promise<void> {
    if (this.#isShutDown) return;
    // What is due already must not be merged with what is asked for later.
    this.#letDueIn();
    if (afterMs > 0) this.#delay({ key, priority, group }, this.#now() + afterMs);
    else this.#want({ key, priority, group });
    this.#turn();
  }

  async retry(key: string, options: Omit<AddOptions, 'afterMs'> = {}): Promise<number> {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    const afterMs = backoffMs(failures, this.#options.random(), this.#options.backoff ?? DEFAULT_BACKOFF);
    this.#options.observer?.retried(key, failures, afterMs);
    await this.add(key, { ...options, afterMs });
    return afterMs;
  }

  async forget(key: string): Promise<void> {
    this.#failures.delete(key);
  }

  async take(signal?: AbortSignal): Promise<QueueItem | undefined> {
    if (this.#isShutDown || signal?.aborted === true) return undefined;
    return await new Promise((resolve) => {
      const waiter: Waiter = {
        give: (item) => {
          this.#waiters.delete(waiter);
          signal?.removeEventListener('abort', onAbort);
          resolve(item);
        },
      };
      const onAbort = () => waiter.give(undefined);
      signal?.addEventListener('abort', onAbort);
      this.#waiters.add(waiter);
      this.#turn();
    });
  }

  async done(key: string): Promise<void> {
    const held = this.#held.get(key);
    if (held === undefined) throw new Error(`"${key}" was not taken from the queue`);
    this.#held.delete(key);
    this.#options.observer?.done(key, this.#now() - held.sinceMs);
    if (held.again !== undefined && !this.#isShutDown) this.#lineUp(held.again);
    this.#turn();
    if (this.#held.size === 0) for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }

  async measure(): Promise<QueueMeasures> {
    this.#letDueIn();
    const again = [...this.#held.values()].filter((held) => held.again !== undefined).length;
    return { ready: this.#ready.size + again, delayed: this.#delayed.size, processing: this.#held.size };
  }

  async shutDown(): Promise<void> {
    this.#isShutDown = true;
    this.#alarm?.stop.abort();
    for (const waiter of this.#waiters) waiter.give(undefined);
    if (this.#held.size === 0) return;
    await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
  }

  #now(): number {
    return this.#options.clock.now();
  }

  /** Of several delays of a key, the shortest counts, and the most urgent of their priorities. */
  #delay(wanted: Wanted, dueMs: number): void {
    const before = this.#delayed.get(wanted.key);
    const merged = merge(wanted, before);
    this.#delayed.put({ ...merged, dueMs: Math.min(dueMs, before?.dueMs ?? dueMs) });
  }

  #want(wanted: Wanted): void {
    const held = this.#held.get(wanted.key);
    // A key that waits already is not added again.
    const isNew = held === undefined ? this.#ready.get(wanted.key) === undefined : held.again === undefined;
    if (isNew) this.#options.observer?.added(wanted.key, wanted.priority);
    if (held === undefined) this.#lineUp(wanted);
    else held.again = merge(wanted, held.again);
  }

  #lineUp(wanted: Wanted): void {
    const before = this.#ready.get(wanted.key);
    const merged = merge(wanted, before);
    if (before !== undefined && before.priority === merged.priority && before.group === merged.group) return;
    this.#order += 1;
    const { sinceMs, order } = before ?? { sinceMs: this.#now(), order: this.#order };
    this.#ready.put({ ...merged, sinceMs, order });
  }

  #letDueIn(): void {
    for (const { dueMs: _due, ...wanted } of this.#delayed.takeDue(this.#now())) this.#want(wanted);
  }

  /** Hands out what can be handed out, and sets the alarm for what cannot yet. */
  #turn(): void {
    this.#letDueIn();
    for (const waiter of this.#waiters) {
      const next = this.#isShutDown ? undefined : this.#ready.next();
      if (next === undefined) break;
      const nowMs = this.#now();
      this.#held.set(next.key, { sinceMs: nowMs });
      const waitedMs = nowMs - next.sinceMs;
      this.#options.observer?.taken(next.key, waitedMs);
      const failures = this.#failures.get(next.key) ?? 0;
      waiter.give({ key: next.key, priority: next.priority, waitedMs, failures });
    }
    this.#setAlarm();
  }

  #setAlarm(): void {
    const atMs = this.#waiters.size === 0 || this.#isShutDown ? undefined : this.#delayed.nextMs();
    if (this.#alarm?.atMs === atMs) return;
    this.#alarm?.stop.abort();
    this.#alarm = undefined;
    if (atMs === undefined) return;
    const alarm = { atMs, stop: new AbortController() };
    this.#alarm = alarm;
    void this.#options.clock.sleep(Math.max(1, atMs - this.#now()), alarm.stop.signal).then(
      () => {
        if (this.#alarm === alarm) this.#alarm = undefined;
        this.#turn();
      },
      () => undefined,
    );
  }
}

/** The more urgent of two wishes for the same key; the newer group holds. */
function merge(wanted: Wanted, before: Wanted | undefined): Wanted {
  if (before === undefined) return wanted;
  return { ...wanted, priority: Math.min(wanted.priority, before.priority) as Priority };
}
