import { randomUUID } from 'node:crypto';
import { isCallsheetError } from '../diagnostics/errors.ts';
import type { ControllerEvent, ControllerObserver } from '../reconcile/controller-ports.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { StateBackend, Versioned } from '../state-backend/state-backend.ts';
import { deriveFacts, deriveStanding, type Standing } from './derive-facts.ts';
import { groupFacts } from './group-facts.ts';
import type { Fact, Notice } from './notice.ts';
import { type Delivery, NOTICES_PATH, NoticeMemory, type NoticesDocument } from './notice-memory.ts';
import { Outbox } from './outbox.ts';
import type { Receiver } from './receiver.ts';

export interface NotifierOptions {
  readonly state: StateBackend;
  readonly receivers: readonly Receiver[];
  readonly library: string;
  readonly publicUrl?: string;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly logger: Logger;
  readonly redact: (text: string) => string;
  /** Told of what became of each delivery, and of how many wait. */
  readonly measure?: (receiver: string, result: 'delivered' | 'failed' | 'dropped') => void;
  readonly pending?: (count: number) => void;
  /** Milliseconds from the first fact until what came together is told. */
  readonly windowMs?: number;
}

const WINDOW_MS = 30_000;
const WRITE_ATTEMPTS = 5;

/**
 * Tells people what has changed, once, by cause. Only the process that leads has one. Events are taken at once and told when the window
 * closes; what is told is in state before it is sent, so that a restart repeats nothing and forgets nothing. One that led and does not
 * know yet that another does finds the other's name there: from then on it neither writes nor sends.
 */
export class Notifier implements ControllerObserver, AsyncDisposable {
  private readonly options: NotifierOptions;
  private readonly outbox: Outbox;
  private readonly id = randomUUID();
  private readonly stop = new AbortController();
  /** With all that has come, told or not. */
  private readonly memory: NoticeMemory;
  /** As far as it has been told: what is in state. What has only just come is not in it, so that whoever comes next tells it. */
  private told: NoticesDocument;
  /** Of the document as it was last read or written here; undefined while there is none. */
  private version: string | undefined;
  private facts: Fact[] = [];
  private window: Promise<void> | undefined;
  /** Until somebody has looked at it since this began. */
  private standing: (() => Standing) | undefined;
  /** Writes follow one another. */
  private writing: Promise<void> = Promise.resolve();
  /** The last write failed, and it has been told. */
  private isUnwritten = false;

  private constructor(options: NotifierOptions, stored: Versioned<NoticesDocument> | undefined) {
    this.options = options;
    this.memory = new NoticeMemory(stored?.value);
    this.told = this.memory.toDocument();
    this.version = stored?.version;
    const { receivers, clock, random, logger } = options;
    this.outbox = new Outbox({
      receivers,
      clock,
      random,
      logger,
      waits: async (delivery) => this.memory.waitsFor(delivery) && (await this.isInOffice()),
      settle: (delivery, result) => this.settle(delivery, result),
    });
  }

  /**
   * Takes up where the last one stopped: what waits is sent, and what changed while nobody listened is told with the first window. From
   * then on the last one neither writes nor sends. Undefined when another has written meanwhile.
   *
   * @param standing as it is when asked for.
   */
  static async open(
    options: NotifierOptions,
    standing: () => Standing,
    signal?: AbortSignal,
  ): Promise<Notifier | undefined> {
    const stored = await options.state.read<NoticesDocument>(NOTICES_PATH, signal);
    const notifier = new Notifier(options, stored);
    await notifier.save();
    if (notifier.stop.signal.aborted) return undefined;
    notifier.standing = standing;
    notifier.openWindow();
    const names = new Set(options.receivers.map(({ name }) => name));
    for (const delivery of notifier.memory.outbox)
      if (names.has(delivery.receiver)) notifier.outbox.add(delivery);
    return notifier;
  }

  event(event: ControllerEvent): void {
    if (this.stop.signal.aborted) return;
    this.take(deriveFacts(this.memory, event));
  }

  /** Tells at once what has come so far. Resolves when it is in state; sending goes on. */
  async flush(): Promise<void> {
    if (this.stop.signal.aborted) return;
    const { clock, library, publicUrl } = this.options;
    const at = new Date(clock.now()).toISOString();
    const standing = this.standing?.();
    const found = standing === undefined ? [] : deriveStanding(this.memory, standing, at);
    const facts = [...this.facts, ...found];
    this.standing = undefined;
    this.facts = [];
    if (facts.length === 0) return;
    const added = groupFacts(this.memory, facts, { at, library, publicUrl })
      .map((notice) => this.clean(notice))
      .flatMap((notice) => this.deliveriesOf(notice));
    const dropped = this.memory.send(added);
    this.told = this.memory.toDocument();
    for (const { receiver } of dropped) this.options.measure?.(receiver, 'dropped');
    await this.save();
    for (const delivery of added) this.outbox.add(delivery);
  }

  /** What has come is put into state; what is not sent by then is sent by whoever comes next. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
    this.stop.abort();
    await this.window?.catch(() => {});
    await this.outbox[Symbol.asyncDispose]();
    await this.writing;
  }

  private take(facts: readonly Fact[]): void {
    if (facts.length === 0) return;
    for (const fact of facts) this.facts.push(fact);
    this.openWindow();
  }

  private openWindow(): void {
    const { clock, windowMs = WINDOW_MS } = this.options;
    this.window ??= clock.sleep(windowMs, this.stop.signal).then(
      async () => {
        this.window = undefined;
        await this.flush();
      },
      () => {},
    );
  }

  private deliveriesOf(notice: Notice): Delivery[] {
    const hearing = this.options.receivers.filter(({ kinds }) => kinds.has(notice.kind));
    return hearing.map(({ name }) => ({ receiver: name, notice, attempts: 0 }));
  }

  private clean(notice: Notice): Notice {
    const { redact } = this.options;
    return { ...notice, title: redact(notice.title), message: redact(notice.message) };
  }

  private async settle(delivery: Delivery, result: 'delivered' | 'failed'): Promise<void> {
    this.memory.settle(delivery);
    this.told = { ...this.told, outbox: this.memory.outbox };
    await this.save();
    this.options.measure?.(delivery.receiver, result);
  }

  /** A write that fails is made good by the next: all that was told is written each time. */
  private async save(): Promise<void> {
    const { logger, pending } = this.options;
    pending?.(this.memory.outbox.length);
    this.writing = this.writing.then(async () => {
      try {
        await this.write();
        this.isUnwritten = false;
      } catch (error) {
        if (!isCallsheetError(error)) throw error;
        if (!this.isUnwritten) {
          const message = 'what was told could not be written down; it may be told again after a restart';
          logger.warn({ event: 'notifications', code: error.code }, message);
        }
        this.isUnwritten = true;
      }
    });
    await this.writing;
  }

  private async write(): Promise<void> {
    const { state } = this.options;
    for (let attempt = 1; !this.stop.signal.aborted; attempt += 1) {
      const expected = this.version === undefined ? 'absent' : { version: this.version };
      try {
        this.version = await state.write(NOTICES_PATH, { ...this.told, writer: this.id }, expected);
        return;
      } catch (error) {
        if (attempt === WRITE_ATTEMPTS || !isCallsheetError(error, 'precondition-failed')) throw error;
      }
      // Either another has it, or our own last write took effect though its answer was lost.
      const stored = await state.read<NoticesDocument>(NOTICES_PATH);
      if (this.isAnothers(stored)) this.leave();
      else this.version = stored?.version;
    }
  }

  /** Whether nobody has taken over. While it cannot be told, nobody has: a message twice is better than none. */
  private async isInOffice(): Promise<boolean> {
    const stored = await this.options.state.read<NoticesDocument>(NOTICES_PATH).catch(() => undefined);
    if (stored?.version !== this.version && this.isAnothers(stored)) this.leave();
    return !this.stop.signal.aborted;
  }

  private isAnothers(stored: Versioned<NoticesDocument> | undefined): boolean {
    const { writer = this.id } = stored?.value ?? {};
    return writer !== this.id;
  }

  /** Another notifier has taken over what waits, and tells what comes. */
  private leave(): void {
    if (this.stop.signal.aborted) return;
    this.stop.abort();
    this.outbox.end();
    this.options.pending?.(0);
    this.options.logger.info({ event: 'notifications' }, 'another process notifies from now on');
  }
}
