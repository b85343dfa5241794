import { isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { type BackoffPolicy, backoffMs } from '../runtime/backoff.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Delivery } from './notice-memory.ts';
import type { Receiver } from './receiver.ts';

export interface OutboxOptions {
  readonly receivers: readonly Receiver[];
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** False for one that had to go for newer ones, that is over, or that is somebody else's by now. Never rejects. */
  readonly waits: (delivery: Delivery) => Promise<boolean>;
  /** Called once for each delivery that is over. */
  readonly settle: (delivery: Delivery, result: 'delivered' | 'failed') => Promise<void>;
}

/** From five seconds to a quarter of an hour between attempts: about seven hours in all. */
const BACKOFF: BackoffPolicy = { baseMs: 5000, maxMs: 15 * 60_000, jitter: 0.25 };
const ATTEMPTS = 35;

/** Sends deliveries, those of one receiver in their order, one after the other; a receiver that is down holds up no other. */
export class Outbox implements AsyncDisposable {
  private readonly options: OutboxOptions;
  private readonly stop = new AbortController();
  private readonly lines = new Map<string, Promise<void>>();

  constructor(options: OutboxOptions) {
    this.options = options;
  }

  add(delivery: Delivery): void {
    const receiver = this.options.receivers.find(({ name }) => name === delivery.receiver);
    if (receiver === undefined) return;
    const before = this.lines.get(receiver.name) ?? Promise.resolve();
    this.lines.set(
      receiver.name,
      before.then(() => this.deliver(receiver, delivery)),
    );
  }

  /** Begins nothing more; a delivery that is on its way is broken off. */
  end(): void {
    this.stop.abort();
  }

  /** Ends, and resolves when nothing is on its way any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
    await Promise.all(this.lines.values());
  }

  private async deliver(receiver: Receiver, delivery: Delivery): Promise<void> {
    const { clock, random, logger, waits, settle } = this.options;
    const { signal } = this.stop;
    const about = { event: 'notifications', receiver: receiver.name };
    for (let failures = delivery.attempts + 1; !signal.aborted && (await waits(delivery)); failures += 1) {
      try {
        await receiver.send(delivery.notice, signal);
        logger.debug({ ...about, notice: delivery.notice.id }, 'notification delivered');
        return await settle(delivery, 'delivered');
      } catch (error) {
        if (signal.aborted) return;
        const { code, message, retryAfterMs } = toCallsheetError(error);
        if (failures >= ATTEMPTS || !isCallsheetError(error, 'unavailable', 'rate-limited')) {
          logger.error({ ...about, code, notice: delivery.notice.id }, `notification given up: ${message}`);
          return await settle(delivery, 'failed');
        }
        if (failures === 1) logger.warn({ ...about, code }, `notification not delivered yet: ${message}`);
        const pauseMs = Math.max(retryAfterMs ?? 0, backoffMs(failures, random(), BACKOFF));
        await clock.sleep(Math.min(pauseMs, BACKOFF.maxMs), signal).catch(() => {});
      }
    }
  }
}
