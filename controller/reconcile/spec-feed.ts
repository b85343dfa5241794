import { hasErrors } from '../diagnostics/diagnostic.ts';
import { CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { messageWithHint } from '../diagnostics/sentence.ts';
import { type BackoffPolicy, backoffMs } from '../runtime/backoff.ts';
import { Bell } from '../runtime/bell.ts';
import type { Clock } from '../runtime/clock.ts';
import { type LoadedSpecs, loadSpecs } from '../spec/load-specs.ts';
import type { SpecSnapshot, SpecSource } from '../spec-source/spec-source.ts';
import type { SourceReason } from '../status/condition.ts';

/** Why the newest specs are not in force. */
export interface SourceProblem {
  readonly reason: SourceReason;
  readonly message: string;
  /** The revision that cannot be used, where it is known. */
  readonly revision?: string;
}

export interface SpecFeedOptions {
  readonly source: SpecSource;
  /** Steady. */
  readonly timer: Clock;
  /** Wall clock: models and suspensions have an end. */
  readonly clock: Clock;
  readonly random: () => number;
  /** How often the source is asked although nothing has poked it. Milliseconds; read anew every time. */
  readonly intervalMs: () => number;
  /**
   * Milliseconds after which a folder must look the same once more before it is believed: whoever saves several files, or one large one,
   * is not read in the middle of it. 0 for sources that have whole revisions.
   */
  readonly settleMs: number;
  /** Takes a usable revision into force; what it throws counts as a problem of that revision. */
  readonly onLoaded: (loaded: LoadedSpecs) => Promise<void>;
  readonly onProblem: (problem: SourceProblem) => void;
  /**
   * Takes into force what was so when a controller last led this library. Called when nothing is in force yet and the newest specs cannot be used.
   *
   * @param head the newest specs, where they can be had.
   * @returns false when there is nothing to be had.
   */
  readonly recall?: (head: SpecSnapshot | undefined, signal: AbortSignal) => Promise<boolean>;
}

/** A source that cannot be reached is asked again soon, then less often, but never less than at every interval. */
const RETRY: BackoffPolicy = { baseMs: 5_000, maxMs: 5 * 60_000, jitter: 0.25 };
/** How long specs may go on changing before it is said. Milliseconds. */
const UNSETTLED_MS = 10_000;

/**
 * Follows the source of the specs. The last revision that could be used stays in force whatever happens to the source: unreachable,
 * deleted, emptied, rewritten into something that is not valid. Nothing is ever concluded from specs that are not there.
 */
export class SpecFeed {
  private readonly options: SpecFeedOptions;
  private readonly bell = new Bell();
  private pokes: (() => void)[] = [];
  private isAtWork = true;
  private hasEnded = false;
  private revision: string | undefined;
  private failures = 0;
  /** Something is in force, if only what was when a controller last led. */
  private hasAny = false;

  constructor(options: SpecFeedOptions) {
    this.options = options;
  }

  /** Has the source looked at now; resolves when that is done, or at once when nobody looks any more. */
  poke(): Promise<void> {
    if (this.hasEnded) return Promise.resolve();
    return new Promise((resolve) => {
      this.pokes.push(resolve);
      this.bell.ring();
    });
  }

  /** Whether it waits for the next time to look. */
  get isResting(): boolean {
    return !this.isAtWork && !this.bell.rung;
  }

  /** Until the signal aborts. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.bell.reset();
      const answered = this.pokes.splice(0);
      await this.look(signal);
      for (const resolve of answered) resolve();
      this.isAtWork = false;
      await this.bell.wait(this.options.timer, this.pauseMs(), signal);
      this.isAtWork = true;
    }
    this.hasEnded = true;
    for (const resolve of this.pokes.splice(0)) resolve();
  }

  private async look(signal: AbortSignal): Promise<void> {
    const { onLoaded, onProblem } = this.options;
    try {
      const loaded = await this.loadSettled(signal);
      const { revision } = loaded.snapshot;
      if (loaded.specs === undefined || hasErrors(loaded.diagnostics)) {
        const isAway = loaded.diagnostics.some(({ code }) => code === 'no-folder');
        this.failures = isAway ? this.failures + 1 : 0;
        await this.recall(loaded.snapshot, signal);
        const message = describe(loaded);
        if (isAway) onProblem({ reason: 'SourceUnavailable', message });
        else onProblem({ reason: 'SpecsInvalid', message, revision: revision.id });
        return;
      }
      if (revision.id !== this.revision) return await this.take(loaded, signal);
      await onLoaded(loaded);
      this.failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      this.failures += 1;
      await this.recall(undefined, signal);
      onProblem(problemOf(toCallsheetError(error)));
    }
  }

  /** Goes on with what was in force before this process began. */
  private async recall(head: SpecSnapshot | undefined, signal: AbortSignal): Promise<void> {
    const { recall } = this.options;
    if (this.hasAny || recall === undefined) return;
    try {
      this.hasAny = await recall(head, signal);
    } catch {
      // The library cannot be opened under it: the same as if there were none. It is tried again with the source.
    }
  }

  private async take(loaded: LoadedSpecs, signal: AbortSignal): Promise<void> {
    const { id } = loaded.snapshot.revision;
    try {
      await this.options.onLoaded(loaded);
      this.revision = id;
      this.hasAny = true;
      this.failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      this.failures += 1;
      await this.recall(loaded.snapshot, signal);
      this.options.onProblem({
        reason: 'LibraryUnavailable',
        message: messageWithHint(toCallsheetError(error)),
        revision: id,
      });
    }
  }

  private async loadSettled(signal: AbortSignal): Promise<LoadedSpecs> {
    const { source, timer, clock, settleMs } = this.options;
    const load = () => loadSpecs(source, { nowMs: clock.now() }, signal);
    let loaded = await load();
    const beganMs = timer.now();
    while (settleMs > 0 && loaded.snapshot.revision.id !== this.revision) {
      await timer.sleep(settleMs, signal);
      const again = await load();
      if (again.snapshot.revision.id === loaded.snapshot.revision.id) return again;
      loaded = again;
      if (timer.now() - beganMs > UNSETTLED_MS) throw unsettled();
    }
    return loaded;
  }

  /** How long until the source is asked although nobody has poked it. */
  private pauseMs(): number {
    const { random, intervalMs } = this.options;
    const regularMs = intervalMs() * (0.95 + 0.1 * random());
    return this.failures === 0 ? regularMs : Math.min(regularMs, backoffMs(this.failures, random(), RETRY));
  }
}

function problemOf(error: CallsheetError): SourceProblem {
  const message = messageWithHint(error);
  if (isCallsheetError(error, 'not-found')) return { reason: 'RevisionMissing', message };
  if (isCallsheetError(error, 'auth')) return { reason: 'SignatureInvalid', message };
  return { reason: 'SourceUnavailable', message };
}

/** Never taken as they are at some moment: that may be half of what somebody writes. */
function unsettled(): CallsheetError {
  return new CallsheetError('unavailable', 'the specs do not stop changing', {
    hint: 'Find out what writes into their folder all the time.',
  });
}

function describe({ diagnostics }: LoadedSpecs): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const first = errors[0]!;
  const place =
    first.range === undefined ? '' : `${first.range.file}:${first.range.line}:${first.range.column}: `;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  return `${place}${first.detail}${more}`;
}
