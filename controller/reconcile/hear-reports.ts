import type { Letter } from '../runtime/mailbox.ts';
import { PRIORITY } from '../runtime/work-queue.ts';
import type { Applied, Report } from './crew.ts';
import type { Look } from './look.ts';
import type { Term } from './term.ts';
import { SharedTrouble } from './trouble.ts';

/** What becomes of reports. */
export interface Listener {
  readonly looked: (look: Look) => Promise<void>;
  /** After each of them. */
  readonly heard: () => void;
  /** +1 when one is being taken in, -1 when it has been. */
  readonly working: (change: 1 | -1) => void;
}

/** Reports that are taken in at the same time: what they change is written to the database, and each waits for that. */
const EARS = 8;
const PAUSE_MS = 1_000;

/** Takes in what replicas report, until nobody waits for any more of it. Without replicas there is nothing to hear. */
export async function hearReports(term: Term, listener: Listener, signal: AbortSignal): Promise<void> {
  if (term.shared === undefined) return;
  const { reports } = term.shared;
  const trouble = new SharedTrouble('a report could not be taken in', term);
  const listen = async () => {
    for (;;) {
      const letter = await reports.take(signal);
      if (letter === undefined) return;
      listener.working(1);
      await take(term, letter, listener, trouble, signal).finally(() => listener.working(-1));
      listener.heard();
    }
  };
  await Promise.all(Array.from({ length: EARS }, listen));
}

/** Again until it works: what was reported is known to nobody else. At the end it is left to whoever leads next. */
async function take(
  term: Term,
  letter: Letter<Report>,
  { looked }: Listener,
  trouble: SharedTrouble,
  signal: AbortSignal,
): Promise<void> {
  const { reports } = term.shared!;
  for (;;) {
    try {
      const { body } = letter;
      await (body.kind === 'looked' ? looked(body) : applied(term, body));
      return await reports.done(letter);
    } catch (error) {
      trouble.note(error, signal);
      if (signal.aborted) return await reports.release(letter);
      await term.timer.sleep(PAUSE_MS, signal).catch(() => undefined);
    }
  }
}

/** One of a run that is over, as after a change of the leader, says only that the actor is another by now. */
async function applied({ shared, board, queue }: Term, report: Applied): Promise<void> {
  const { actor, type } = report.run;
  if (!shared!.orders.settle(report) && board.has(actor))
    await queue.add(actor, { priority: PRIORITY.change, group: type });
}
