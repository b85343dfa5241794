import { isCallsheetError } from '../diagnostics/errors.ts';
import type { ControllerEvent, ControllerObserver } from '../reconcile/controller-ports.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { ActorStatusDocument } from '../status/status-document.ts';
import { deriveFacts, deriveStanding } from './derive-facts.ts';
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

/**
 * Tells people what has changed, once, by cause. Only the process that leads has one. Events are taken at once and told when the window
 * closes; what is told is in state before it is sent, so that a restart repeats nothing and forgets nothing.
 */
export class Notifier implements ControllerObserver, AsyncDisposable {
  private readonly options: NotifierOptions;
  private readonly outbox: Outbox;
  private readonly stop = new AbortController();
  /** With all that has come, told or not. */
  private readonly memory: NoticeMemory;
  /** As far as it has been told: what is in state. What has only just come is not in it, so that whoever comes next tells it. */
  private told: NoticesDocument;
  private facts: Fact[] = [];
  private window: Promise<void> | undefined;
  /** Actors whose standing nobody has looked at since this began. */
  private standing: (() => readonly ActorStatusDocument[]) | undefined;
  /** Writes follow one another. */
  private writing: Promise<void> = Promise.resolve();
  /** The last write failed, and it has been told. */
  private isUnwritten = false;

  private constructor(options: NotifierOptions, memory: NoticeMemory) {
    this.options = options;
    this.memory = memory;
    this.told = memory.toDocument();
    const { receivers, clock, random, logger } = options;
    this.outbox = new Outbox({
      receivers,
      clock,
      random,
      logger,
      waits: (delivery) => this.memory.waitsFor(delivery),
      settle: (delivery, result) => this.settle(delivery, result),
    });
  }

  /**
   * Takes up where the last one stopped: what waits is sent, and what changed while nobody listened is told with the first window.
   *
   * @param actors as they stand when asked for.
   */
  static async open(
    options: NotifierOptions,
    actors: () => readonly ActorStatusDocument[],
    signal?: AbortSignal,
  ): Promise<Notifier> {
    const stored = await options.state.read<NoticesDocument>(NOTICES_PATH, signal);
    const memory = new NoticeMemory(stored?.value);
    const notifier = new Notifier(options, memory);
    notifier.standing = actors;
    notifier.openWindow();
    const names = new Set(options.receivers.map(({ name }) => name));
    for (const delivery of memory.outbox) if (names.has(delivery.receiver)) notifier.outbox.add(delivery);
    options.pending?.(memory.outbox.length);
    return notifier;
  }

  event(event: ControllerEvent): void {
    if (this.stop.signal.aborted) return;
    this.take(deriveFacts(this.memory, event));
  }

  /** Tells at once what has come so far. Resolves when it is in state; sending goes on. */
  async flush(): Promise<void> {
    const { clock, library, publicUrl } = this.options;
    const at = new Date(clock.now()).toISOString();
    const standing = deriveStanding(this.memory, this.standing?.() ?? [], at);
    const facts = [...this.facts, ...standing];
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
    const { state, logger, pending } = this.options;
    pending?.(this.memory.outbox.length);
    this.writing = this.writing.then(async () => {
      try {
        await state.write(NOTICES_PATH, this.told);
        this.isUnwritten = false;
      } catch (error) {
        if (!isCallsheetError(error)) throw error;
        if (!this.isUnwritten) {
          const message = 'What was told could not be written down; it may be told again after a restart';
          logger.warn({ code: error.code }, message);
        }
        this.isUnwritten = true;
      }
    });
    await this.writing;
  }
}
