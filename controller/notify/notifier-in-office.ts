import { toCallsheetError } from '../diagnostics/errors.ts';
import type { ControllerEvent, ControllerObserver } from '../reconcile/controller-ports.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Workspace } from '../workspace.ts';
import type { Standing } from './derive-facts.ts';
import { Notifier, type NotifierOptions } from './notifier.ts';
import { openReceivers } from './open-receivers.ts';

export interface OfficeOptions
  extends Pick<NotifierOptions, 'random' | 'redact' | 'publicUrl' | 'measure' | 'pending' | 'windowMs'> {
  /** The library in force: its receivers, and the state in which what was told is remembered. */
  readonly use: <Result>(work: (workspace: Workspace) => Promise<Result>) => Promise<Result>;
  readonly standing: () => Standing;
  /** Whether this process holds the lease at this moment: it may have lost it without having come to say so. */
  readonly leads: () => boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly specsUrl?: string;
  /** Told who is notified from now on. */
  readonly known?: (receivers: readonly string[]) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Notifies while this process leads, with the receivers of the revision in force. Events that come while a notifier is being opened wait
 * for it, so that none is lost and their order stays.
 */
export class NotifierInOffice implements ControllerObserver, AsyncDisposable {
  private readonly options: OfficeOptions;
  private notifier: Notifier | undefined;
  /** Receivers of the open notifier, to tell whether a revision has changed them. */
  private receivers = '';
  private isLeading = false;
  /** The notifier could not be opened; it is tried again with every event. */
  private isMissing = false;
  /** Code of the error that has been told. */
  private failing: string | undefined;
  /** Why the newest specs are not in force. The source is looked at before anybody leads, and not anew because somebody does. */
  private trouble: Extract<ControllerEvent, { type: 'source-failed' }> | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(options: OfficeOptions) {
    this.options = options;
  }

  event(event: ControllerEvent): void {
    this.last = this.last
      .then(() => this.handle(event))
      .catch((error: unknown) => {
        const { code, message } = toCallsheetError(error);
        const isNews = this.failing !== code;
        this.failing = code;
        if (isNews)
          this.options.logger.error(
            { event: 'notifications', code },
            `notifications do not work: ${message}`,
          );
      });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.last;
    await this.close();
  }

  private async handle(event: ControllerEvent): Promise<void> {
    if (event.type === 'source-failed') this.trouble = event;
    if (event.type === 'source-recovered') this.trouble = undefined;
    if (event.type === 'leader') {
      this.isLeading = event.leading;
      // Borrowed, so that the state stays open until what is left is in it.
      if (!event.leading && this.notifier !== undefined) await this.options.use(() => this.close());
    }
    const mayDiffer = event.type === 'leader' || event.type === 'revision-loaded';
    if (this.isLeading && (mayDiffer || this.isMissing) && this.options.leads()) await this.open(event.at);
    this.notifier?.event(event);
  }

  private async open(at: string): Promise<void> {
    this.isMissing = true;
    await this.options.use(async ({ settings, state, source }) => {
      const { notifications, name } = settings;
      const wanted = JSON.stringify([state.url, name, notifications]);
      if (this.notifier !== undefined && this.receivers === wanted) return;
      await this.close();
      const { env, clock, logger, specsUrl, standing, leads } = this.options;
      const { receivers, problems } = openReceivers(notifications, {
        env,
        clock,
        ...(specsUrl === undefined ? {} : { specsUrl }),
      });
      for (const { message, hint, code } of problems)
        logger.error({ event: 'notifications', code, hint }, message);
      this.receivers = wanted;
      this.options.known?.(receivers.map(({ name: receiver }) => receiver));
      if (receivers.length === 0) return;
      // Whoever led before may just be writing what it had left.
      do this.notifier = await Notifier.open({ ...this.options, state, receivers, library: name }, standing);
      while (this.notifier === undefined && leads());
      // What was told of the specs by whoever led before may be over, and what is wrong with them now may be news.
      const { revision, specDigest: generation } = source;
      this.notifier?.event(this.trouble ?? { type: 'source-recovered', at, revision });
      this.notifier?.event({ type: 'revision-loaded', at, revision, generation });
    });
    this.isMissing = false;
    this.failing = undefined;
  }

  private async close(): Promise<void> {
    const before = this.notifier;
    this.notifier = undefined;
    await before?.[Symbol.asyncDispose]();
  }
}
