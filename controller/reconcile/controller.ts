import { CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { ActorPlan } from '../plan/plan.ts';
import { Bell } from '../runtime/bell.ts';
import { type Clock, steadyClock, systemClock } from '../runtime/clock.ts';
import { MemoryWorkQueue } from '../runtime/memory-work-queue.ts';
import { digestOf } from '../spec/canonical.ts';
import type { LoadedSpecs } from '../spec/load-specs.ts';
import type { SpecSource } from '../spec-source/spec-source.ts';
import type { Lease } from '../state-backend/lease.ts';
import type { ActorStatusDocument, LibraryStatusDocument } from '../status/status-document.ts';
import { nameOf, resumeTarget, suspendTarget } from '../usecases/suspend.ts';
import type { Workspace } from '../workspace.ts';
import { Blocker } from './blocker.ts';
import { Board } from './board.ts';
import {
  type ControllerApi,
  type ControllerEvent,
  type ControllerMetrics,
  type ControllerObserver,
  noMetrics,
  type Readiness,
  type SuspendTarget,
  type UntimedEvent,
} from './controller-ports.ts';
import { Session } from './session.ts';
import { type SourceProblem, SpecFeed } from './spec-feed.ts';
import { StatusStore } from './status-store.ts';
import type { Term } from './term.ts';
import { WorkspaceSlot } from './workspace-slot.ts';

export interface ControllerOptions {
  /** Where the specs come from. */
  readonly source: SpecSource;
  /** Opens a library under specs that have been loaded and checked. The controller closes it. */
  readonly open: (loaded: LoadedSpecs, signal: AbortSignal) => Promise<Workspace>;
  /** Tells when the source may have changed; for folders. */
  readonly watch?: (onChange: () => void) => AsyncDisposable;
  /** See `SpecFeedOptions.settleMs`. 0 unless given. */
  readonly settleMs?: number;
  readonly observer?: ControllerObserver;
  readonly metrics?: ControllerMetrics;
  /** Wall clock: windows, days, conditions. */
  readonly clock?: Clock;
  /** Steady: delays, intervals. */
  readonly timer?: Clock;
  readonly random?: () => number;
  /** How often state is looked at for what people wrote into it, and how often a second controller asks for the lease. Milliseconds. */
  readonly statePollMs?: number;
}

export interface Controller extends ControllerApi {
  /**
   * Runs until the signal aborts; then nothing new begins, what is in flight is finished, and it resolves. Rejects only for bugs.
   *
   * @param until `idle`: also ends when everything that can be done now has been done.
   */
  run(signal: AbortSignal, until?: 'idle'): Promise<void>;
  /** Whether everything that can be done at this moment has been done. */
  isIdle(): Promise<boolean>;
  /**
   * Lends the library in force for as long as `work` takes.
   *
   * @throws CallsheetError `unavailable` until the specs have been loaded for the first time.
   */
  use<Result>(work: (workspace: Workspace) => Promise<Result>): Promise<Result>;
}

const STATE_POLL_MS = 5_000;
const RESTART_MS = 5_000;
const LEASE = 'controller';

export function createController(options: ControllerOptions): Controller {
  return new LibraryController(options);
}

class LibraryController implements Controller {
  private readonly options: ControllerOptions;
  private readonly clock: Clock;
  private readonly timer: Clock;
  private readonly random: () => number;
  private readonly metrics: ControllerMetrics;
  private readonly slot = new WorkspaceSlot();
  private readonly feed: SpecFeed;
  /** Rings when specs are there for the first time. */
  private readonly opened = new Bell();
  private session: Session | undefined;
  private statuses: StatusStore | undefined;
  private problem: SourceProblem | undefined;
  private crashes = 0;
  /** Ends the session when the library has moved to another state. */
  private moved = new AbortController();
  private signal: AbortSignal = new AbortController().signal;

  constructor(options: ControllerOptions) {
    this.options = options;
    this.clock = options.clock ?? systemClock;
    this.timer = options.timer ?? steadyClock;
    this.random = options.random ?? Math.random;
    this.metrics = options.metrics ?? noMetrics;
    this.feed = new SpecFeed({
      source: options.source,
      timer: this.timer,
      clock: this.clock,
      random: this.random,
      settleMs: options.settleMs ?? 0,
      intervalMs: () => (this.slot.isOpen ? this.slot.current.settings.intervalMs : 60_000),
      onLoaded: (loaded) => this.onLoaded(loaded),
      onProblem: (problem) => this.onProblem(problem),
    });
  }

  async run(signal: AbortSignal, until?: 'idle'): Promise<void> {
    const ended = new AbortController();
    this.signal = AbortSignal.any([signal, ended.signal]);
    const feeding = this.feed.run(this.signal);
    const watcher = this.options.watch?.(() => void this.feed.poke());
    try {
      while (!this.signal.aborted) {
        this.opened.reset();
        if (this.slot.isOpen) await this.lead(until, ended);
        else await this.opened.wait(this.timer, undefined, this.signal);
      }
    } finally {
      ended.abort();
      await watcher?.[Symbol.asyncDispose]();
      await feeding;
      await this.slot[Symbol.asyncDispose]();
    }
  }

  async isIdle(): Promise<boolean> {
    return this.session !== undefined && this.feed.isResting && (await this.session.isIdle());
  }

  async use<Result>(work: (workspace: Workspace) => Promise<Result>): Promise<Result> {
    return await this.slotOpen().use(work);
  }

  library(): LibraryStatusDocument | undefined {
    return this.statuses?.library();
  }

  actors(): readonly ActorStatusDocument[] {
    return this.statuses?.all() ?? [];
  }

  actor(id: string): ActorStatusDocument | undefined {
    return this.statuses?.find(id);
  }

  plans(): readonly ActorPlan[] {
    return this.session?.plans() ?? [];
  }

  async reconcileNow(actors?: readonly string[]): Promise<{ accepted: number }> {
    const session = this.leading();
    const unknown = actors?.find((actor) => !session.has(actor));
    if (unknown !== undefined) {
      throw new CallsheetError('not-found', `there is no actor "${unknown}"`, {
        hint: '"callsheet status" lists the actors.',
      });
    }
    return { accepted: await session.reconcileNow(actors) };
  }

  async suspend(target: SuspendTarget, why: { reason: string; by: string; until?: string }): Promise<void> {
    await this.use((workspace) => suspendTarget({ ...workspace, who: why.by }, target, why));
    this.emit({ type: 'suspended', what: nameOf(target), reason: why.reason, by: why.by });
    await this.pokeState();
  }

  async resume(target: SuspendTarget, by: string): Promise<void> {
    await this.use((workspace) => resumeTarget({ ...workspace, who: by }, target));
    this.emit({ type: 'resumed', what: nameOf(target), by });
    await this.pokeState();
  }

  async pokeSource(): Promise<void> {
    await this.feed.poke();
  }

  async pokeState(): Promise<void> {
    await this.session?.pokeState();
  }

  ready(): Readiness {
    const reasons: Readiness['reasons'][number][] = [];
    if (this.problem !== undefined)
      reasons.push({ code: this.problem.reason, message: this.problem.message });
    if (!this.slot.isOpen) {
      if (reasons.length === 0)
        reasons.push({ code: 'Starting', message: 'The specs have not been loaded yet.' });
      return { ready: false, reasons };
    }
    if (this.session === undefined)
      reasons.push({ code: 'StandingBy', message: 'Another controller leads, or this one is about to.' });
    return { ready: true, reasons };
  }

  health(): Readiness {
    if (this.crashes < 3) return { ready: true, reasons: [] };
    return {
      ready: false,
      reasons: [
        { code: 'Crashing', message: `The controller has broken down ${this.crashes} times in a row.` },
      ],
    };
  }

  /** Waits for the lease, and leads as long as it is held. */
  private async lead(until: 'idle' | undefined, ended: AbortController): Promise<void> {
    await this.slot.use(async (workspace) => {
      await using lease = await this.acquire(workspace);
      if (lease === undefined) return;
      this.moved = new AbortController();
      const signal = AbortSignal.any([this.signal, lease.signal, this.moved.signal]);
      this.say(true, `leads with fencing token ${lease.token}`);
      const { session, statuses } = this.createSession(workspace);
      this.session = session;
      this.statuses = statuses;
      try {
        if (until === 'idle') void this.endWhenIdle(session, ended, signal);
        await session.run(signal);
        this.crashes = 0;
      } catch (error) {
        if (!signal.aborted) await this.breakDown(error);
      } finally {
        this.session = undefined;
        this.say(false, lease.signal.aborted ? toCallsheetError(lease.signal.reason).message : 'stopped');
      }
    });
  }

  /** Undefined when it is time to look again: another holds it, or the library has moved. */
  private async acquire(workspace: Workspace): Promise<Lease | undefined> {
    try {
      return await workspace.leases.acquire(LEASE, { signal: this.signal });
    } catch (error) {
      if (this.signal.aborted) return undefined;
      if (!isCallsheetError(error, 'lease-held'))
        this.emit({
          type: 'warning',
          code: toCallsheetError(error).code,
          message: toCallsheetError(error).message,
        });
      const ms = (this.options.statePollMs ?? STATE_POLL_MS) * (0.4 + 0.2 * this.random());
      await this.timer.sleep(ms, this.signal).catch(() => undefined);
      return undefined;
    }
  }

  private createSession(workspace: Workspace): { session: Session; statuses: StatusStore } {
    const { slot, timer, random, metrics } = this;
    const emit = (event: UntimedEvent) => this.emit(event);
    const statuses = new StatusStore(workspace.state, emit);
    const term: Term = {
      workspace: () => slot.current,
      queue: new MemoryWorkQueue({ clock: timer, random, observer: metrics }),
      board: new Board(),
      statuses,
      evaluatorBlock: new Blocker(timer, random),
      generatorBlock: new Blocker(timer, random),
      busy: new Set(),
      timer,
      random,
      emit,
      metrics,
    };
    const statePollMs = this.options.statePollMs ?? STATE_POLL_MS;
    return { session: new Session({ slot, term, statePollMs, problem: () => this.problem }), statuses };
  }

  private async endWhenIdle(session: Session, ended: AbortController, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !(await session.isIdle()))
      await systemClock.sleep(20, signal).catch(() => undefined);
    ended.abort();
  }

  /** A bug, or something that nobody foresaw. The journal and the leases make starting again safe. */
  private async breakDown(error: unknown): Promise<void> {
    this.crashes += 1;
    const { code, message } = toCallsheetError(error);
    this.emit({ type: 'warning', code, message: `the controller broke down and starts again: ${message}` });
    await this.timer.sleep(RESTART_MS, this.signal).catch(() => undefined);
  }

  private async onLoaded(loaded: LoadedSpecs): Promise<void> {
    const { revision } = loaded.snapshot;
    const isNew = !this.slot.isOpen || this.slot.current.source.revision !== revision.id;
    if (isNew) await this.takeIntoForce(loaded);
    if (this.problem !== undefined) {
      this.problem = undefined;
      this.emit({ type: 'source-recovered', revision: revision.id });
      this.session?.noteProblem();
    }
  }

  private async takeIntoForce(loaded: LoadedSpecs): Promise<void> {
    const before = this.slot.isOpen ? this.slot.current : undefined;
    const specs = loaded.specs!;
    const id = loaded.snapshot.revision.id;
    const sameWork = before !== undefined && before.specs.digest === specs.digest;
    if (sameWork && digestOf(before.specs.library) === digestOf(specs.library)) {
      this.slot.relabel({
        specs,
        diagnostics: loaded.diagnostics,
        source: { ...before.source, revision: id },
      });
    } else {
      const workspace = await this.options.open(loaded, this.signal);
      const hasMoved = before !== undefined && before.state.url !== workspace.state.url;
      this.slot.replace(workspace);
      if (hasMoved) this.moved.abort();
    }
    const previous = before === undefined ? {} : { previous: before.source.revision };
    this.emit({
      type: 'revision-loaded',
      revision: id,
      generation: specs.digest,
      ...previous,
      actors: this.actors().length,
    });
    this.opened.ring();
    await this.session?.revised(!sameWork);
  }

  private onProblem(problem: SourceProblem): void {
    const isNews = this.problem?.reason !== problem.reason || this.problem.revision !== problem.revision;
    this.problem = problem;
    if (isNews) this.emit({ type: 'source-failed', ...problem });
    this.session?.noteProblem();
  }

  private leading(): Session {
    if (this.session !== undefined) return this.session;
    throw new CallsheetError('unavailable', 'this controller does not lead at the moment', {
      hint: 'Ask the one that does, or try again in a moment.',
    });
  }

  private slotOpen(): WorkspaceSlot {
    if (this.slot.isOpen) return this.slot;
    throw new CallsheetError('unavailable', 'the specs have not been loaded yet', {
      hint: 'Try again in a moment.',
    });
  }

  private say(leading: boolean, message: string): void {
    this.metrics.leading(leading);
    this.emit({ type: 'leader', leading, message });
  }

  private emit(event: UntimedEvent): void {
    this.options.observer?.event({
      ...event,
      at: new Date(this.clock.now()).toISOString(),
    } as ControllerEvent);
  }
}
