import { isCallsheetError } from '../../../diagnostics/errors.ts';
import { Bell } from '../../../runtime/bell.ts';
import type { Clock } from '../../../runtime/clock.ts';

export interface PollerOptions<T> {
  /** Real time. */
  readonly clock: Clock;
  readonly random: () => number;
  /** Up to `wanted` of what is there now; fewer than one: there is nothing. */
  readonly look: (wanted: number) => Promise<readonly T[]>;
}

/** How long to wait before looking again where there was nothing. Milliseconds; a little chance keeps processes apart. */
const PAUSE_MS = 250;
/** And after the server could not be reached for as long as statements are tried again. */
const TROUBLE_MS = 2_000;

interface Waiter<T> {
  readonly give: (item: T | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** Hands what a database has to those who wait for it: one look at a time for all of them, none while nobody waits. */
export class Poller<T> implements AsyncDisposable {
  private readonly options: PollerOptions<T>;
  private readonly waiters = new Set<Waiter<T>>();
  private readonly bell = new Bell();
  private readonly closed = new AbortController();
  private looking: Promise<void> | undefined;

  constructor(options: PollerOptions<T>) {
    this.options = options;
  }

  get isClosed(): boolean {
    return this.closed.signal.aborted;
  }

  /** There may be something now. */
  ring(): void {
    this.bell.ring();
  }

  /** Nobody gets anything more. What a look brings that is under way is still handed to those who wait for it. */
  close(): void {
    this.closed.abort();
    if (this.looking === undefined) this.sendHome();
  }

  /** The next one, as soon as there is one; undefined once closed or aborted. @throws as `look`, but for a server that is away. */
  async take(signal?: AbortSignal): Promise<T | undefined> {
    if (this.isClosed || signal?.aborted === true) return undefined;
    return await new Promise((resolve, reject) => {
      const leave = () => {
        this.waiters.delete(waiter);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter<T> = {
        give: (item) => {
          leave();
          resolve(item);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      // A look that is under way may be about to bring something: whoever asked for it takes it.
      const onAbort = () => {
        if (this.isLooking) this.leaving.add(waiter);
        else waiter.give(undefined);
      };
      signal?.addEventListener('abort', onAbort);
      this.waiters.add(waiter);
      this.bell.ring();
      this.looking ??= this.run();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.looking;
  }

  private isLooking = false;
  private readonly leaving = new Set<Waiter<T>>();

  private async run(): Promise<void> {
    const { clock, random } = this.options;
    while (this.waiters.size > 0 && !this.isClosed) {
      this.bell.reset();
      const pauseMs = await this.turn();
      for (const waiter of this.leaving) waiter.give(undefined);
      this.leaving.clear();
      if (this.waiters.size > 0 && pauseMs > 0)
        await this.bell.wait(clock, pauseMs * (0.8 + 0.4 * random()), this.closed.signal);
    }
    this.looking = undefined;
    if (this.isClosed) this.sendHome();
  }

  /** Looks once. Returns how long to wait before the next look. */
  private async turn(): Promise<number> {
    this.isLooking = true;
    try {
      const found = await this.options.look(this.waiters.size);
      const waiting = [...this.waiters];
      found.forEach((item, index) => {
        this.leaving.delete(waiting[index]!);
        waiting[index]!.give(item);
      });
      return found.length > 0 ? 0 : PAUSE_MS;
    } catch (error) {
      if (isCallsheetError(error, 'unavailable')) return TROUBLE_MS;
      for (const waiter of [...this.waiters]) waiter.fail(error);
      return TROUBLE_MS;
    } finally {
      this.isLooking = false;
    }
  }

  private sendHome(): void {
    for (const waiter of [...this.waiters]) waiter.give(undefined);
  }
}
