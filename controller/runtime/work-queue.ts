/**
 * How urgent a key is. Lower numbers go first: a person waits for `interactive`, a commit for `change`; `drift` is what was found changed
 * behind our back, `resync` only makes sure.
 */
export const PRIORITY = { interactive: 0, change: 1, drift: 2, resync: 3 } as const;

export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

export interface AddOptions {
  /** `resync` unless given. Of several adds of a waiting key, the most urgent counts. */
  readonly priority?: Priority;
  /** Groups (actor types) take turns within a priority. */
  readonly group?: string;
  /** Milliseconds until it may be handed out; at once unless given. Of several delays of a key, the shortest counts. */
  readonly afterMs?: number;
}

/** A key in the hands of a worker, until `done`. */
export interface QueueItem {
  readonly key: string;
  readonly priority: Priority;
  /** Milliseconds that it waited after it was due. */
  readonly waitedMs: number;
  /** Failures in a row so far. */
  readonly failures: number;
}

export interface QueueMeasures {
  /** Keys that could be handed out now. */
  readonly ready: number;
  /** Keys whose time has not come. */
  readonly delayed: number;
  /** Keys in the hands of workers. */
  readonly processing: number;
}

/**
 * Port: what is to be looked at, by key. The semantics are those of client-go's work queue:
 *
 * - a key is in the hands of one worker at most; added meanwhile, it is handed out again after `done`;
 * - a key that waits and is added again is handed out once;
 * - every add is followed by a hand-out that begins after it (unless the queue is shut down);
 * - `retry` delays a key exponentially by its failures in a row, with jitter; `forget` ends the row.
 *
 * Beyond them: more urgent keys first, groups take turns, and now and then the key that has waited longest goes first, so that nothing
 * starves.
 */
export interface WorkQueue {
  add(key: string, options?: AddOptions): Promise<void>;
  /** Adds after the key's backoff. Returns the delay in milliseconds. */
  retry(key: string, options?: Omit<AddOptions, 'afterMs'>): Promise<number>;
  forget(key: string): Promise<void>;
  /** The next key, as soon as there is one; undefined once the queue is shut down or the signal aborts. */
  take(signal?: AbortSignal): Promise<QueueItem | undefined>;
  /** To be called exactly once for every key taken. */
  done(key: string): Promise<void>;
  measure(): Promise<QueueMeasures>;
  /** Hands out nothing more. Resolves when every key in the hands of a worker is done. */
  shutDown(): Promise<void>;
}

/** Told of what happens in a queue, for metrics. Must not throw. */
export interface QueueObserver {
  /** A key has come to wait that did not: not when it waits already, not while its delay lasts (where the queue can tell). */
  added(key: string, priority: Priority): void;
  /** @param waitedMs since it was due. */
  taken(key: string, waitedMs: number): void;
  /** @param workedMs since it was taken. */
  done(key: string, workedMs: number): void;
  retried(key: string, failures: number, delayMs: number): void;
}
