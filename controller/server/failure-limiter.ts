import type { Clock } from '../runtime/clock.ts';

interface Failures {
  count: number;
  /** Milliseconds since the epoch. */
  since: number;
}

const MAX_FAILURES = 10;
const WINDOW_MS = 60_000;
/** Addresses remembered; the one that failed first is forgotten first. */
const MAX_ADDRESSES = 10_000;

/** Counts failed log-ins by address, and says when an address has had enough. */
export class FailureLimiter {
  private readonly clock: Clock;
  private readonly addresses = new Map<string, Failures>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Milliseconds that the address has to wait before anything it sends is looked at; 0 when it may go on. */
  waitMs(address: string): number {
    const failures = this.current(address);
    if (failures === undefined || failures.count < MAX_FAILURES) return 0;
    return failures.since + WINDOW_MS - this.clock.now();
  }

  failed(address: string): void {
    const failures = this.current(address);
    if (failures !== undefined) {
      failures.count += 1;
      return;
    }
    const oldest = this.addresses.keys().next().value;
    if (this.addresses.size >= MAX_ADDRESSES && oldest !== undefined) this.addresses.delete(oldest);
    this.addresses.set(address, { count: 1, since: this.clock.now() });
  }

  private current(address: string): Failures | undefined {
    const failures = this.addresses.get(address);
    if (failures === undefined || this.clock.now() - failures.since < WINDOW_MS) return failures;
    this.addresses.delete(address);
    return undefined;
  }
}
