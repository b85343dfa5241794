import { setImmediate as nextTurn } from 'node:timers/promises';
import { toCallsheetError } from '../diagnostics/errors.ts';
import type { ActorPlan } from '../plan/plan.ts';
import { Bell } from '../runtime/bell.ts';
import { PRIORITY } from '../runtime/work-queue.ts';
import type { SpecSource } from '../spec-source/spec-source.ts';
import type { Planned } from './board.ts';
import { groundOf, stillHolds } from './carry-over.ts';
import { DecisionWatch } from './decision-watch.ts';
import { Desk } from './desk.ts';
import { Findings } from './findings.ts';
import { hearReports } from './hear-reports.ts';
import { HistoryWatch } from './history-watch.ts';
import { keepHouse } from './housekeeping.ts';
import type { TakenRevision } from './in-force.ts';
import { LibraryTeller } from './library-teller.ts';
import { Listing } from './listing.ts';
import { type ReconcileRequest, serveRequests } from './requests.ts';
import { settleJournals } from './settle-journals.ts';
import type { SourceProblem } from './spec-feed.ts';
import { SuspensionWatch } from './suspension-watch.ts';
import type { Term } from './term.ts';
import { Trouble } from './trouble.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';

export interface SessionOptions {
  readonly slot: WorkspaceSlot;
  readonly term: Term;
  /** How often state is looked at for approvals, requests and suspensions. Milliseconds. */
  readonly statePollMs: number;
  /** Why the newest specs are not in force. */
  readonly problem: () => SourceProblem | undefined;
  readonly source: SpecSource;
  /** Has the source looked at now. */
  readonly pokeSource: () => void;
}

/** Actors that are put into the queue in one go: a change of the specs is about all of them. */
const ADDED_AT_ONCE = 500;
const HOUSEKEEPING_MS = 6 * 3_600_000;

/**
 * The controller while it leads, from taking up what was left to the end of the last worker: workers that look at actors, the desk that
 * turns what they propose into runs, a scan for drift, a look at state for what people want, and housekeeping.
 */
export class Session {
  private readonly options: SessionOptions;
  private readonly desk: Desk;
  private readonly listing: Listing;
  private readonly deskBell = new Bell();
  private readonly scanBell = new Bell();
  private readonly stateBell = new Bell();
  private readonly suspensions: SuspensionWatch;
  private readonly decisions = new DecisionWatch();
  private readonly findings: Findings;
  private readonly history: HistoryWatch;
  /** Rings when another revision is in force. */
  private readonly historyBell = new Bell();
  /** Loops in the middle of something. */
  private busyLoops = 0;
  private activeWorkers = 0;
  private stateLookers: (() => void)[] = [];
  private hasEnded = false;
  private readonly teller: LibraryTeller;
  private readonly deskTrouble: Trouble;
  private readonly stateTrouble: Trouble;

  constructor(options: SessionOptions) {
    this.options = options;
    const { slot, term, source, problem } = options;
    this.listing = new Listing(slot, term);
    this.history = new HistoryWatch(source);
    this.desk = new Desk(term, () => this.teller.tell());
    this.findings = new Findings(slot, term, (plan) => this.desk.holdOf(plan));
    this.suspensions = new SuspensionWatch(slot, term.emit);
    const { desk, listing, suspensions, history } = this;
    this.teller = new LibraryTeller({ slot, term, desk, listing, suspensions, history, problem });
    this.deskTrouble = new Trouble('nothing can be planned or applied', term);
    this.stateTrouble = new Trouble('state could not be looked through', term);
  }

  /** Until the signal aborts; then nothing new begins, and what is in flight is finished. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.lead(signal);
    } finally {
      this.hasEnded = true;
      for (const resolve of this.stateLookers.splice(0)) resolve();
    }
  }

  private async lead(signal: AbortSignal): Promise<void> {
    const { slot, term } = this.options;
    await slot.use(async (workspace) => {
      await term.statuses.load(signal);
      this.history.resume(term.statuses.library());
      await this.suspensions.look(signal);
      await settleJournals(workspace, signal);
      await this.desk.resume(signal);
    });
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const workers = Math.min(32, slot.current.settings.limits.concurrency);
    const closing = new AbortController();
    const hearing = hearReports(
      term,
      {
        looked: (look) => this.findings.hear(look),
        heard: () => this.deskBell.ring(),
        working: (change) => {
          this.activeWorkers += change;
        },
      },
      closing.signal,
    );
    const loops = [
      // Where there are replicas, all of them are workers, this one among them: here only their reports come in.
      ...Array.from({ length: term.shared === undefined ? workers : 0 }, () => this.work(either, workers)),
      this.loop(either, this.deskBell, () => this.turnDesk(either)),
      this.loop(either, this.scanBell, () => this.lookAround(either)),
      this.loop(either, this.stateBell, () => this.lookAtState(either)),
      this.loop(either, this.historyBell, () => this.lookAtHistory(either)),
      this.loop(either, new Bell(), () => this.keepHouse(either)),
    ];
    for (const loop of loops) loop.catch(() => failed.abort());
    either.addEventListener('abort', () => void term.queue.shutDown());
    hearing.catch(() => failed.abort());
    const results = await Promise.allSettled(loops);
    // What a run has ordered is heard of until the run has come to its end.
    closing.abort();
    results.push(...(await Promise.allSettled([hearing])));
    await term.queue.shutDown();
    this.teller.tell();
    await term.statuses.flush();
    const broken = results.find((result) => result.status === 'rejected');
    if (broken !== undefined && !signal.aborted) throw broken.reason;
  }

  /** A new revision is in force. */
  async revised({ replan, isRetuned }: Pick<TakenRevision, 'replan' | 'isRetuned'>): Promise<void> {
    if (replan) this.desk.supersede();
    // A budget or another limit may be all that kept somebody from being planned.
    if (replan || isRetuned) await this.addAll(PRIORITY.change, this.carrier());
    // Where things are may have changed, and who is there.
    if (replan) this.scanBell.ring();
    this.teller.tell();
    this.deskBell.ring();
    this.historyBell.ring();
  }

  /** @returns how many were accepted. */
  async reconcileNow(actors: readonly string[] | undefined): Promise<number> {
    const { term } = this.options;
    const { board, queue } = term;
    if (actors === undefined) {
      this.scanBell.ring();
      return await this.addAll(PRIORITY.interactive);
    }
    const known = actors.filter((actor) => board.has(actor));
    for (const actor of known) {
      this.findings.begin(actor);
      await this.desk.reconsider(actor);
      await queue.add(actor, { priority: PRIORITY.interactive, group: board.typeOf(actor) });
    }
    return known.length;
  }

  /** Whether it is known who there is. */
  get hasListed(): boolean {
    return this.listing.isKnown;
  }

  has(actor: string): boolean {
    return this.options.term.board.has(actor);
  }

  plans(): readonly ActorPlan[] {
    return this.options.term.board.plans();
  }

  /** Why nothing is known of what happens in the library. */
  get blindness(): SourceProblem | undefined {
    return this.listing.problem;
  }

  /** Resolves once state has been looked at, or nobody looks any more. */
  pokeState(): Promise<void> {
    if (this.hasEnded) return Promise.resolve();
    return new Promise((resolve) => {
      this.stateLookers.push(resolve);
      this.stateBell.ring();
    });
  }

  /** Something about the source has changed: the library's condition says so. */
  noteProblem(): void {
    this.teller.tell();
  }

  /** Whether everything that can be done now has been done. */
  async isIdle(): Promise<boolean> {
    if (!this.isResting()) return false;
    const { ready, processing } = await this.options.term.queue.measure();
    return ready + processing === 0 && this.isResting();
  }

  private isResting(): boolean {
    const bells = [this.deskBell, this.scanBell, this.stateBell];
    const nobodyWorks = this.busyLoops === 0 && this.activeWorkers === 0 && !bells.some(({ rung }) => rung);
    return this.listing.isKnown && nobodyWorks && this.options.term.statuses.isWritten;
  }

  private async loop(
    signal: AbortSignal,
    bell: Bell,
    turn: () => Promise<number | undefined>,
  ): Promise<void> {
    const { timer } = this.options.term;
    while (!signal.aborted) {
      this.busyLoops += 1;
      bell.reset();
      let waitMs: number | undefined;
      try {
        waitMs = await turn();
      } finally {
        this.busyLoops -= 1;
      }
      if (waitMs !== 0) await bell.wait(timer, waitMs, signal);
    }
  }

  private async work(signal: AbortSignal, limit: number): Promise<void> {
    const { queue, metrics } = this.options.term;
    for (;;) {
      const item = await queue.take(signal);
      if (item === undefined) return;
      this.activeWorkers += 1;
      metrics.workers(this.activeWorkers, limit);
      try {
        await this.findings.look(item, signal);
      } finally {
        await queue.done(item.key);
        this.deskBell.ring();
        this.activeWorkers -= 1;
        metrics.workers(this.activeWorkers, limit);
      }
    }
  }

  private async turnDesk(signal: AbortSignal): Promise<number | undefined> {
    const { slot, term } = this.options;
    try {
      const waitMs = await slot.use(() => this.desk.turn(signal));
      if (!this.desk.isLingering) this.deskTrouble.over();
      return waitMs;
    } catch (error) {
      return signal.aborted ? 0 : this.deskTrouble.note(error);
    } finally {
      const measures = await term.queue.measure();
      term.metrics.queue(measures);
      if (measures.ready + measures.processing === 0 || this.desk.held !== undefined) this.teller.tell();
    }
  }

  private async lookAround(signal: AbortSignal): Promise<number> {
    const { listing, teller } = this;
    const wasKnown = listing.isKnown;
    const waitMs = await listing.look(signal);
    if (listing.problem !== undefined) {
      teller.tell();
      return waitMs;
    }
    // Requests have waited until it is known who there is.
    if (!wasKnown) this.stateBell.ring();
    teller.tellRevision();
    this.deskBell.ring();
    return waitMs;
  }

  private async lookAtState(signal: AbortSignal): Promise<number> {
    const { slot, term, statePollMs } = this.options;
    const lookers = this.stateLookers.splice(0);
    void term.statuses.flush();
    try {
      // Before the first listing nobody is known, and a request about actors would come to nothing.
      const canServe = ({ source }: ReconcileRequest) => this.listing.isKnown || source === true;
      const serve = (request: ReconcileRequest) => this.serve(request);
      await serveRequests(slot.current.state, { canServe, serve, tell: term.emit }, signal);
      if (await this.suspensions.look(signal)) {
        this.desk.pause();
        await this.addAll(PRIORITY.interactive);
        this.teller.tell();
      }
      await this.desk.heedRollout(signal);
      if (await this.hasDecision(signal)) this.deskBell.ring();
      this.stateTrouble.over();
    } catch (error) {
      if (!signal.aborted) this.stateTrouble.note(error);
    } finally {
      for (const resolve of lookers) resolve();
    }
    return Math.min(statePollMs, (this.suspensions.leftMs() ?? statePollMs) + 1);
  }

  private async serve({ source, actors, by }: ReconcileRequest): Promise<void> {
    if (source === true) return this.options.pokeSource();
    this.options.term.emit({ type: 'look-requested', by, ...(actors === undefined ? {} : { actors }) });
    await this.reconcileNow(actors);
  }

  /** Whether people have decided on what waits since the last time. */
  private async hasDecision(signal: AbortSignal): Promise<boolean> {
    const { held, rollout } = this.desk;
    if (held === undefined) return false;
    const { state, source } = this.options.slot.current;
    return await this.decisions.look(state, held.plan, rollout?.revision ?? source.revision, signal);
  }

  /** Beside everything else: the revision is in force, whatever is to be said of it. */
  private async lookAtHistory(signal: AbortSignal): Promise<undefined> {
    const { slot } = this.options;
    try {
      if (await this.history.look(slot.current.source.revision, signal)) this.teller.tell();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  private async keepHouse(signal: AbortSignal): Promise<number> {
    const { slot, term } = this.options;
    try {
      const inUse = new Set([this.desk.held?.plan, this.desk.rollout?.plan].filter((id) => id !== undefined));
      await slot.use((workspace) => keepHouse(workspace, inUse, signal));
    } catch (error) {
      if (signal.aborted) return 0;
      const { code, message } = toCallsheetError(error);
      term.emit({ type: 'warning', code, message: `housekeeping could not be done: ${message}` });
    }
    return HOUSEKEEPING_MS * (0.9 + 0.2 * term.random());
  }

  /** Whether a plan that is there already holds under the revision in force: then nobody has to look at its actor anew. */
  private carrier(): (actor: string) => boolean {
    const { slot, term } = this.options;
    const workspace = slot.current;
    const to = { generation: workspace.source.specDigest, ground: groundOf(workspace) };
    const holds = (planned: Planned) => stillHolds(workspace, planned);
    return (actor) => !term.busy.has(actor) && term.board.carry(actor, to, holds);
  }

  /**
   * Has everybody looked at.
   *
   * @param isDone who need not be.
   * @returns how many are to be.
   */
  private async addAll(
    priority: (typeof PRIORITY)[keyof typeof PRIORITY],
    isDone: (actor: string) => boolean = () => false,
  ): Promise<number> {
    const { board, queue } = this.options.term;
    const actors = board.all();
    let added = 0;
    for (let from = 0; from < actors.length; from += ADDED_AT_ONCE) {
      // In between, whoever waits gets a turn: a probe, a page, the first of the workers.
      if (from > 0) await nextTurn();
      const some = actors.slice(from, from + ADDED_AT_ONCE).filter((actor) => !isDone(actor));
      await Promise.all(some.map((actor) => queue.add(actor, { priority, group: board.typeOf(actor) })));
      added += some.length;
    }
    return added;
  }
}
