import {
  type CallsheetError,
  isCallsheetError,
  isTransient,
  toCallsheetError,
} from '../diagnostics/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { StateBackend, Versioned } from './state-backend.ts';

const MAX_FAILURES = 6;

export interface UpdateQueueOptions<T> {
  readonly state: StateBackend;
  readonly clock: Clock;
  readonly random: () => number;
  readonly path: string;
  /** What the document is before the first write. */
  readonly initial: T;
}

/** Pure: what the document becomes. Returning the same value changes nothing; throwing refuses this one change only. */
export type Change<T> = (document: T) => T;

interface Waiting<T> {
  readonly change: Change<T>;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (document: T) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Changes one document by compare-and-swap, all changes that wait at a time in one write: thirty workers then take the time of two
 * writes, not of thirty. A change is applied again when another process was faster, or when nothing is known about the effect of a write;
 * so a change that has already taken effect must leave the document as it is.
 */
export class UpdateQueue<T> {
  readonly #options: UpdateQueueOptions<T>;
  readonly #waiting: Waiting<T>[] = [];
  #known: Versioned<T> | undefined;
  #isRunning = false;

  constructor(options: UpdateQueueOptions<T>) {
    this.#options = options;
  }

  /** Resolves with the document as stored, once the change is in it. */
  update(change: Change<T>, signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ change, signal, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        await this.#commit(batch);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isRunning = false;
  }

  async #commit(batch: readonly Waiting<T>[]): Promise<void> {
    for (let tries = 0, failures = 0; ; tries += 1) {
      try {
        return await this.#attempt(batch);
      } catch (error) {
        const lostRace = isCallsheetError(error, 'precondition-failed');
        failures += lostRace ? 0 : 1;
        if (!isTransient(error) || failures >= MAX_FAILURES) throw error;
        this.#known = undefined;
        await this.#options.clock.sleep(waitMs(error as CallsheetError, tries, this.#options.random()));
      }
    }
  }

  async #attempt(batch: readonly Waiting<T>[]): Promise<void> {
    const { state, path, initial } = this.#options;
    const isFresh = this.#known === undefined;
    const stored = this.#known ?? (await state.read<T>(path));
    const before = stored?.value ?? initial;
    const { document, answers } = applyAll(before, batch);
    if (document !== before) {
      const version = await state.write(
        path,
        document,
        stored === undefined ? 'absent' : { version: stored.version },
      );
      this.#known = { value: document, version };
    } else if (!isFresh) {
      // Nothing was written, so nothing has shown that what we remember is still so.
      this.#known = undefined;
      return await this.#attempt(batch);
    }
    for (const answer of answers) answer(document);
  }
}

/** Applies one change after the other. What each is to be told is only said once the result is stored. */
function applyAll<T>(
  before: T,
  batch: readonly Waiting<T>[],
): { readonly document: T; readonly answers: readonly ((document: T) => void)[] } {
  let document = before;
  const answers = batch.map(({ change, signal, resolve, reject }) => {
    try {
      signal?.throwIfAborted();
      document = change(document);
      return resolve;
    } catch (error) {
      const reason = signal?.aborted === true ? error : toCallsheetError(error);
      return () => reject(reason);
    }
  });
  return { document, answers };
}

/** Short after a lost race, longer after a failure, never in step with the others. */
function waitMs(error: CallsheetError, tries: number, random: number): number {
  const isRace = error.code === 'precondition-failed';
  const ceiling = isRace ? Math.min(400, 10 * 1.5 ** tries) : Math.min(5_000, 100 * 2 ** tries);
  return Math.max(error.retryAfterMs ?? 0, ceiling * (0.25 + 0.75 * random));
}
