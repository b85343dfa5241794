import type { Notice, NoticeKind } from './notice.ts';

/** Port: somebody who is told. */
export interface Receiver {
  /** What logs, metrics and the outbox call it. */
  readonly name: string;
  readonly kinds: ReadonlySet<NoticeKind>;
  /**
   * Tells it. Telling it twice must do no harm worse than a repeated message.
   *
   * @throws CallsheetError `unavailable` or `rate-limited` when it should be tried again; any other code when that is of no use.
   */
  send(notice: Notice, signal: AbortSignal): Promise<void>;
}
