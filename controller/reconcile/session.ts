import { setImmediate as nextTurn } from 'node:timers/promises';
import { toCallsheetError } from '../diagnostics/errors.ts';
import { messageWithHint } from '../diagnostics/sentence.ts';
import type { ActorPlan } from '../plan/plan.ts';
import { Bell } from '../runtime/bell.ts';
import { PRIORITY } from '../runtime/work-queue.ts';
import { suspensionText } from '../spec/suspend.ts';
import type { SpecSource } from '../spec-source/spec-source.ts';
import type { LibraryStatusDocument } from '../status/status-document.ts';
import { summarizeLibrary } from '../status/summarize-library.ts';
import { DecisionWatch } from './decision-watch.ts';
import { Desk } from './desk.ts';
import { Findings } from './findings.ts';
import { hearReports } from './hear-reports.ts';
import { HistoryWatch } from './history-watch.ts';
import { keepHouse } from './housekeeping.ts';
import { takeRequests } from './requests.ts';
import { settleJournals } from './settle-journals.ts';
import type { SourceProblem } from './spec-feed.ts';
import { SuspensionWatch } from './suspension-watch.ts';
import type { Term } from './term.ts';
import { Trouble } from './trouble.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';
import { WorldScan } from './world-scan.ts';

export interface SessionOptions {
  readonly slot: WorkspaceSlot;
  readonly term: Term;
  /** How often state is looked at for approvals, requests and suspensions. Milliseconds. */
  readonly statePollMs: number;
  /** Why the newest specs are not in force. */
  readonly problem: () => SourceProblem | undefined;
  readonly source: SpecSource;
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
  private readonly scan = new WorldScan();
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
  private hasScanned = false;
  /** Why the library could not be listed the last time. */
  private unlisted: SourceProblem | undefined;
  private stateLookers: (() => void)[] = [];
  private hasEnded = false;
  /** What the library's status was last made of. */
  private told: string | undefined;
  private readonly deskTrouble: Trouble;
  private readonly scanTrouble: Trouble;
  private readonly stateTrouble: Trouble;

  constructor(options: SessionOptions) {
    this.options = options;
    const { slot, term, source } = options;
    this.history = new HistoryWatch(source);
    this.desk = new Desk(term);
    this.findings = new Findings(slot, term, (plan) => this.desk.holdOf(plan));
    this.suspensions = new SuspensionWatch(slot);
    this.deskTrouble = new Trouble('nothing can be planned or applied', term);
    this.scanTrouble = new Trouble('the library could not be listed', term);
    this.stateTrouble = new Trouble('state could not be read', term);
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
    this.tellLibrary();
    await term.statuses.flush();
    const broken = results.find((result) => result.status === 'rejected');
    if (broken !== undefined && !signal.aborted) throw broken.reason;
  }

  /** A new revision is in force. `replan`: it may mean something else for actors. */
  async revised(replan: boolean): Promise<void> {
    if (replan) {
      this.desk.supersede();
      await this.addAll(PRIORITY.change);
      // Where things are may have changed, and who is there.
      this.scanBell.ring();
    }
    this.tellLibrary();
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
    return this.hasScanned;
  }

  has(actor: string): boolean {
    return this.options.term.board.has(actor);
  }

  plans(): readonly ActorPlan[] {
    return this.options.term.board.plans();
  }

  /** Why nothing is known of what happens in the library. */
  get blindness(): SourceProblem | undefined {
    return this.unlisted;
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
    this.tellLibrary();
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
    return this.hasScanned && nobodyWorks && this.options.term.statuses.isWritten;
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
      if (measures.ready + measures.processing === 0 || this.desk.held !== undefined) this.tellLibrary();
    }
  }

  private async lookAround(signal: AbortSignal): Promise<number> {
    const { slot, term } = this.options;
    const { intervalMs } = slot.current.settings;
    const startedMs = term.timer.now();
    try {
      const { actors, changed } = await slot.use((workspace) => this.scan.scan(workspace, signal));
      const fresh = term.board.setActors(actors);
      term.statuses.keepOnly(new Set(actors));
      const add = (actor: string, group: string) =>
        term.queue.add(actor, { priority: PRIORITY.drift, group });
      await Promise.all([
        ...fresh.map((actor) => add(actor, term.statuses.get(actor).actorType)),
        // Its own run changes an actor too, and has it looked at when it is over.
        ...changed
          .filter((actor) => !term.busy.has(actor))
          .map((actor) => add(actor, term.board.typeOf(actor))),
      ]);
      term.metrics.scanned(actors.length, changed.length, (term.timer.now() - startedMs) / 1000);
      if (!this.hasScanned) this.stateBell.ring();
      this.hasScanned = true;
      this.unlisted = undefined;
      this.tellRevision();
      this.scanTrouble.over();
      this.deskBell.ring();
      return intervalMs * (0.95 + 0.1 * term.random());
    } catch (error) {
      if (signal.aborted) return 0;
      this.unlisted = {
        reason: 'LibraryUnavailable',
        message: `The library cannot be listed: ${messageWithHint(toCallsheetError(error))}`,
      };
      this.tellLibrary();
      return Math.min(intervalMs, this.scanTrouble.note(error));
    }
  }

  private async lookAtState(signal: AbortSignal): Promise<number> {
    const { slot, term, statePollMs } = this.options;
    const lookers = this.stateLookers.splice(0);
    void term.statuses.flush();
    try {
      // Before the first listing nobody is known, and a request would come to nothing.
      const requests = this.hasScanned ? await takeRequests(slot.current.state, signal) : [];
      for (const { actors } of requests) await this.reconcileNow(actors);
      if (await this.suspensions.look(signal)) {
        this.desk.pause();
        await this.addAll(PRIORITY.interactive);
        this.tellLibrary();
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
      if (await this.history.look(slot.current.source.revision, signal)) this.tellLibrary();
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

  private async addAll(priority: (typeof PRIORITY)[keyof typeof PRIORITY]): Promise<number> {
    const { board, queue } = this.options.term;
    const actors = board.all();
    for (let from = 0; from < actors.length; from += ADDED_AT_ONCE) {
      // In between, whoever waits gets a turn: a probe, a page, the first of the workers.
      if (from > 0) await nextTurn();
      const some = actors.slice(from, from + ADDED_AT_ONCE);
      await Promise.all(some.map((actor) => queue.add(actor, { priority, group: board.typeOf(actor) })));
    }
    return actors.length;
  }

  /** Without one that is moot: another target has taken its place, or nothing is left to do of it. */
  private rolloutAtHand(): Desk['rollout'] {
    const { slot, term } = this.options;
    const { specDigest } = slot.current.source;
    const { rollout, held } = this.desk;
    if (rollout?.generation !== specDigest) return undefined;
    const { board, busy } = term;
    const isGoingOn = held !== undefined || busy.size > 0 || board.missing(specDigest) > 0;
    return rollout.state !== 'progressing' || isGoingOn || board.hasPending(specDigest) ? rollout : undefined;
  }

  /** Before actors are looked at under a revision that came into force while nobody led: what they are written under is then known. */
  private tellRevision(): void {
    const { slot, term } = this.options;
    const told = term.statuses.library()?.revision;
    if (told !== undefined && told !== slot.current.source.revision) this.tellLibrary();
  }

  /** After every turn of the desk; a summary of everybody is made only when something that it is made of has changed. */
  private tellLibrary(): void {
    const { slot, term, problem } = this.options;
    if (!slot.isOpen || !this.hasScanned) return;
    const { source, settings, clock } = slot.current;
    const { held } = this.desk;
    const rollout = this.rolloutAtHand();
    const suspended = this.suspensions.library;
    const missing = term.board.missing(source.specDigest);
    const facts = {
      name: settings.name,
      revision: source.revision,
      generation: source.specDigest,
      inProgress: missing + term.busy.size,
      isSurveyed: missing === 0,
      problem: problem(),
      unlisted: this.unlisted?.message,
      rewritten: this.history.rewritten,
      hold: held,
      rollout: rollout === undefined ? undefined : rolloutFacts(rollout),
      suspended: suspended === undefined ? undefined : `Suspended: ${suspensionText(suspended)}.`,
    };
    const told = `${term.statuses.version} ${JSON.stringify(facts)}`;
    if (told === this.told) return;
    this.told = told;
    term.metrics.conditions(term.statuses.counts());
    const before = term.statuses.library();
    const at = new Date(clock.now()).toISOString();
    term.statuses.setLibrary(summarizeLibrary({ ...facts, before, actors: term.statuses.all(), at }));
  }
}

function rolloutFacts({
  revision,
  state,
  attempted,
  total,
  message,
}: NonNullable<Desk['rollout']>): NonNullable<LibraryStatusDocument['rollout']> {
  return { revision, state, done: attempted.length, total, message };
}
