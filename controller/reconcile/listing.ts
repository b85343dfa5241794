import { toCallsheetError } from '../diagnostics/errors.ts';
import { messageWithHint } from '../diagnostics/sentence.ts';
import { PRIORITY } from '../runtime/work-queue.ts';
import type { SourceProblem } from './spec-feed.ts';
import type { Term } from './term.ts';
import { Trouble } from './trouble.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';
import { WorldScan } from './world-scan.ts';

/** Lists the library at every interval: who is there, and whose files have changed. Those are looked at. */
export class Listing {
  private readonly slot: WorkspaceSlot;
  private readonly term: Term;
  private readonly scan = new WorldScan();
  private readonly trouble: Trouble;
  private hasListed = false;
  private blindness: SourceProblem | undefined;

  constructor(slot: WorkspaceSlot, term: Term) {
    this.slot = slot;
    this.term = term;
    this.trouble = new Trouble('the library could not be listed', term);
  }

  /** Whether it is known who there is. */
  get isKnown(): boolean {
    return this.hasListed;
  }

  /** Why the library could not be listed the last time: nothing is known of what happens in it. */
  get problem(): SourceProblem | undefined {
    return this.blindness;
  }

  /** Returns after how many milliseconds to look again. */
  async look(signal: AbortSignal): Promise<number> {
    const { intervalMs } = this.slot.current.settings;
    try {
      await this.list(signal);
      this.hasListed = true;
      this.blindness = undefined;
      this.trouble.over();
      return intervalMs * (0.95 + 0.1 * this.term.random());
    } catch (error) {
      if (signal.aborted) return 0;
      const message = `The library cannot be listed: ${messageWithHint(toCallsheetError(error))}`;
      this.blindness = { reason: 'LibraryUnavailable', message };
      return Math.min(intervalMs, this.trouble.note(error));
    }
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { board, statuses, queue, busy, metrics, timer } = this.term;
    const startedMs = timer.now();
    const { actors, changed } = await this.slot.use((workspace) => this.scan.scan(workspace, signal));
    const fresh = board.setActors(actors);
    statuses.keepOnly(new Set(actors));
    const add = (actor: string, group: string) => queue.add(actor, { priority: PRIORITY.drift, group });
    await Promise.all([
      ...fresh.map((actor) => add(actor, statuses.get(actor).actorType)),
      // Its own run changes an actor too, and has it looked at when it is over.
      ...changed.filter((actor) => !busy.has(actor)).map((actor) => add(actor, board.typeOf(actor))),
    ]);
    metrics.scanned(actors.length, changed.length, (timer.now() - startedMs) / 1000);
  }
}
