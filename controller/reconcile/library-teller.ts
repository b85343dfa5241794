import { suspensionText } from '../spec/suspend.ts';
import { summarizeLibrary } from '../status/summarize-library.ts';
import type { Desk } from './desk.ts';
import type { HistoryWatch } from './history-watch.ts';
import type { Listing } from './listing.ts';
import type { Rollout } from './rollout.ts';
import type { SourceProblem } from './spec-feed.ts';
import type { SuspensionWatch } from './suspension-watch.ts';
import type { Term } from './term.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';

/** Whom the library's status is asked of. */
export interface LibraryWitnesses {
  readonly slot: WorkspaceSlot;
  readonly term: Term;
  readonly desk: Desk;
  readonly listing: Listing;
  readonly suspensions: SuspensionWatch;
  readonly history: HistoryWatch;
  /** Why the newest specs are not in force. */
  readonly problem: () => SourceProblem | undefined;
}

/** Says how the library as a whole stands. */
export class LibraryTeller {
  private readonly witnesses: LibraryWitnesses;
  /** What the status was last made of. */
  private told: string | undefined;

  constructor(witnesses: LibraryWitnesses) {
    this.witnesses = witnesses;
  }

  /** To be called whenever it may have changed: a summary of everybody is made only when something that it is made of has. */
  tell(): void {
    const { slot, term, listing } = this.witnesses;
    if (!slot.isOpen || !listing.isKnown) return;
    const facts = this.facts();
    const told = `${term.statuses.version} ${JSON.stringify(facts)}`;
    if (told === this.told) return;
    this.told = told;
    term.metrics.conditions(term.statuses.counts());
    const before = term.statuses.library();
    const at = new Date(slot.current.clock.now()).toISOString();
    term.statuses.setLibrary(summarizeLibrary({ ...facts, before, actors: term.statuses.all(), at }));
  }

  /** Before actors are looked at under a revision that came into force while nobody led: what they are written under is then known. */
  tellRevision(): void {
    const { slot, term } = this.witnesses;
    const told = term.statuses.library()?.revision;
    if (told !== undefined && told !== slot.current.source.revision) this.tell();
  }

  private facts() {
    const { slot, term, desk, listing, suspensions, history, problem } = this.witnesses;
    const { source, settings } = slot.current;
    const missing = term.board.missing(source.specDigest);
    const suspended = suspensions.library;
    return {
      name: settings.name,
      revision: source.revision,
      generation: source.specDigest,
      inProgress: missing + term.busy.size,
      isSurveyed: missing === 0,
      problem: problem(),
      unlisted: listing.problem?.message,
      rewritten: history.rewritten,
      hold: desk.held,
      rollout: this.rollout(),
      suspended: suspended === undefined ? undefined : `Suspended: ${suspensionText(suspended)}.`,
    };
  }

  private rollout() {
    const { rollout } = this.witnesses.desk;
    if (rollout === undefined || this.isMoot(rollout)) return undefined;
    const { revision, state, attempted, total, message } = rollout;
    return { revision, state, done: attempted.length, total, message };
  }

  /** Another target has taken its place, or nothing is left to do of it. */
  private isMoot({ generation, state }: Rollout): boolean {
    const { slot, term, desk } = this.witnesses;
    const { specDigest } = slot.current.source;
    if (generation !== specDigest) return true;
    const { board, busy } = term;
    const isGoingOn = desk.held !== undefined || busy.size > 0 || board.missing(specDigest) > 0;
    return state === 'progressing' && !isGoingOn && !board.hasPending(specDigest);
  }
}
