import { CallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { ActorPlan } from '../plan/plan.ts';
import { Bell } from '../runtime/bell.ts';
import { type Clock, steadyClock, systemClock } from '../runtime/clock.ts';
import { timeId } from '../runtime/ids.ts';
import type { LoadedSpecs } from '../spec/load-specs.ts';
import type { SpecSnapshot, SpecSource } from '../spec-source/spec-source.ts';
import type { ActorStatusDocument, LibraryStatusDocument } from '../status/status-document.ts';
import { resumeTarget, suspendTarget } from '../usecases/suspend.ts';
import type { Workspace } from '../workspace.ts';
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
import type { Crew } from './crew.ts';
import { InForce, type TakenRevision } from './in-force.ts';
import { Leading } from './leading.ts';
import { readinessOf } from './readiness.ts';
import { Replica } from './replica.ts';
import { leaveSourceRequest } from './requests.ts';
import type { Session } from './session.ts';
import { type SourceProblem, SpecFeed } from './spec-feed.ts';

export interface ControllerOptions {
  /** Where the specs come from. */
  readonly source: SpecSource;
  /** Opens a library under specs that have been loaded and checked. The controller closes it. */
  readonly open: (loaded: LoadedSpecs, signal: AbortSignal) => Promise<Workspace>;
  /** A library has been opened and is in force. Must not reject. */
  readonly onOpened?: (workspace: Workspace) => Promise<void>;
  /** What the replicas on this library's state share; undefined where its state is not made for several. The controller closes it. */
  readonly share?: (workspace: Workspace, signal: AbortSignal) => Promise<Crew | undefined>;
  /**
   * What was in force when a controller last led this library. Asked for when nothing is in force yet and the newest specs cannot be used.
   *
   * @param head the newest specs, where they can be had.
   */
  readonly recall?: (head: SpecSnapshot | undefined, signal: AbortSignal) => Promise<LoadedSpecs | undefined>;
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
  /** Whether this process holds the lease at this moment. */
  leads(): boolean;
  /**
   * Lends the library in force for as long as `work` takes.
   *
   * @throws CallsheetError `unavailable` until the specs have been loaded for the first time.
   */
  use<Result>(work: (workspace: Workspace) => Promise<Result>): Promise<Result>;
}

const STATE_POLL_MS = 5_000;

export function createController(options: ControllerOptions): Controller {
  return new LibraryController(options);
}

class LibraryController implements Controller {
  private readonly options: ControllerOptions;
  private readonly clock: Clock;
  private readonly timer: Clock;
  private readonly inForce: InForce;
  private readonly leading: Leading;
  private readonly replica: Replica;
  private readonly feed: SpecFeed;
  /** Rings when specs are there for the first time. */
  private readonly opened = new Bell();
  /** The newest revision that this process's own source has. */
  private own: LoadedSpecs | undefined;
  private problem: SourceProblem | undefined;
  private signal: AbortSignal = new AbortController().signal;

  constructor(options: ControllerOptions) {
    this.options = options;
    this.clock = options.clock ?? systemClock;
    this.timer = options.timer ?? steadyClock;
    const random = options.random ?? Math.random;
    const statePollMs = options.statePollMs ?? STATE_POLL_MS;
    const emit = (event: UntimedEvent) => this.emit(event);
    const onTaken = (taken: TakenRevision) => this.onTaken(taken);
    const { open, onOpened } = options;
    const opening = { open, ...(onOpened === undefined ? {} : { onOpened }) };
    this.inForce = new InForce({ ...opening, clock: this.clock, onTaken });
    const { slot } = this.inForce;
    const metrics = options.metrics ?? noMetrics;
    const shared = { slot, timer: this.timer, random, metrics, emit };
    const problem = () => this.problem;
    const prepare = (workspace: Workspace) => this.prepare(workspace);
    const publish = (workspace: Workspace) => this.publish(workspace);
    const pokeSource = () => void this.feed.poke();
    const following = { source: options.source, problem, pokeSource };
    this.leading = new Leading({ ...shared, ...following, statePollMs, prepare, publish });
    const follow = (signal: AbortSignal) => this.follow(signal);
    this.replica = new Replica({ ...shared, leading: this.leading, share: options.share, follow });
    this.feed = new SpecFeed({
      source: options.source,
      timer: this.timer,
      clock: this.clock,
      random,
      settleMs: options.settleMs ?? 0,
      intervalMs: () => (slot.isOpen ? slot.current.settings.intervalMs : 60_000),
      onLoaded: (loaded) => this.onLoaded(loaded),
      onProblem: (found) => this.onProblem(found),
      recall: (head, signal) => this.recall(head, signal),
    });
  }

  async run(signal: AbortSignal, until?: 'idle'): Promise<void> {
    const ended = new AbortController();
    this.signal = AbortSignal.any([signal, ended.signal]);
    if (until === 'idle') void this.endWithoutSpecs(ended);
    const feeding = this.feed.run(this.signal);
    const watcher = this.options.watch?.(() => void this.feed.poke());
    const onBegin = (session: Session, term: AbortSignal) => {
      if (until === 'idle') void this.endWhenIdle(session, ended, term);
    };
    try {
      while (!this.signal.aborted) {
        this.opened.reset();
        if (this.inForce.slot.isOpen) await this.replica.serve(this.signal, onBegin);
        else await this.opened.wait(this.timer, undefined, this.signal);
      }
    } finally {
      ended.abort();
      await watcher?.[Symbol.asyncDispose]();
      await feeding;
      await this.inForce[Symbol.asyncDispose]();
    }
  }

  async isIdle(): Promise<boolean> {
    const { session } = this.leading;
    if (!this.feed.isResting) return false;
    // Without specs in force there is nothing to do but to look at their source again.
    return !this.inForce.slot.isOpen || (session !== undefined && (await session.isIdle()));
  }

  leads(): boolean {
    return this.leading.leads;
  }

  async use<Result>(work: (workspace: Workspace) => Promise<Result>): Promise<Result> {
    if (this.inForce.slot.isOpen) return await this.inForce.slot.use(work);
    const why =
      this.problem === undefined
        ? 'the specs have not been loaded yet'
        : `no specs are in force yet: ${this.problem.message}`;
    throw new CallsheetError('unavailable', why, { hint: 'Try again in a moment.' });
  }

  library(): LibraryStatusDocument | undefined {
    return this.leading.statuses?.library();
  }

  actors(): readonly ActorStatusDocument[] {
    return this.leading.statuses?.all() ?? [];
  }

  actor(id: string): ActorStatusDocument | undefined {
    return this.leading.statuses?.find(id);
  }

  plans(): readonly ActorPlan[] {
    return this.leading.session?.plans() ?? [];
  }

  async reconcileNow(actors?: readonly string[]): Promise<{ accepted: number }> {
    const session = this.session();
    const unknown = actors?.find((actor) => !session.has(actor));
    if (unknown !== undefined && !session.hasListed) {
      throw new CallsheetError('unavailable', session.blindness?.message ?? 'the library is being listed', {
        hint: 'Try again in a moment.',
      });
    }
    if (unknown !== undefined) {
      throw new CallsheetError('not-found', `there is no actor "${unknown}"`, {
        hint: '"callsheet status" lists the actors.',
      });
    }
    return { accepted: await session.reconcileNow(actors) };
  }

  async suspend(target: SuspendTarget, why: { reason: string; by: string; until?: string }): Promise<void> {
    await this.use((workspace) => suspendTarget({ ...workspace, who: why.by }, target, why));
    await this.pokeState();
  }

  async resume(target: SuspendTarget, by: string): Promise<void> {
    await this.use((workspace) => resumeTarget({ ...workspace, who: by }, target));
    await this.pokeState();
  }

  async pokeSource(): Promise<void> {
    await Promise.all([this.feed.poke(), this.askLeaderToLook()]);
  }

  async pokeState(): Promise<void> {
    await this.leading.session?.pokeState();
  }

  ready(): Readiness {
    return readinessOf({
      problem: this.problem ?? this.leading.session?.blindness,
      isOpen: this.inForce.slot.isOpen,
      outage: this.replica.outage,
      isLeading: this.leading.session !== undefined,
      works: this.replica.isShared,
    });
  }

  health(): Readiness {
    const { crashes } = this.leading;
    if (crashes < 3) return { ready: true, reasons: [] };
    const message = `The controller has broken down ${crashes} times in a row.`;
    return { ready: false, reasons: [{ code: 'Crashing', message }] };
  }

  private async endWhenIdle(session: Session, ended: AbortController, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !(await session.isIdle()))
      await systemClock.sleep(20, signal).catch(() => undefined);
    ended.abort();
  }

  /** Under specs that have never been usable there is nothing to wait for. */
  private async endWithoutSpecs(ended: AbortController): Promise<void> {
    await this.feed.poke();
    if (!this.inForce.slot.isOpen) ended.abort();
  }

  /** A webhook may reach any of several controllers, but what is in force is what the source of the leader has. */
  private async askLeaderToLook(): Promise<void> {
    if (this.leading.leads || !this.inForce.slot.isOpen) return;
    await this.use(async ({ state, clock, random, who }) => {
      const token = timeId('request', clock.now(), random);
      await leaveSourceRequest(state, { token, by: who, at: new Date(clock.now()).toISOString() });
    });
  }

  private async onLoaded(loaded: LoadedSpecs): Promise<void> {
    this.own = loaded;
    // A replica that does not lead works under what the leader has, whatever its own source says.
    if (!this.inForce.slot.isOpen || this.leading.leads || !this.replica.isShared)
      await this.inForce.take(loaded, this.signal);
    if (this.problem === undefined) return;
    this.problem = undefined;
    this.emit({ type: 'source-recovered', revision: loaded.snapshot.revision.id });
    this.leading.session?.noteProblem();
  }

  /** What is in force from before says nothing of the source: a problem with that stays. */
  private async recall(head: SpecSnapshot | undefined, signal: AbortSignal): Promise<boolean> {
    const before = await this.options.recall?.(head, signal);
    if (before !== undefined) await this.inForce.take(before, signal);
    return before !== undefined;
  }

  private async onTaken({ loaded, previous, replan, isRetuned, hasMoved }: TakenRevision): Promise<void> {
    const { slot } = this.inForce;
    if (this.leading.leads) await this.publish(slot.current);
    if (hasMoved) this.replica.move();
    const { revision } = loaded.snapshot;
    const before = previous === undefined ? {} : { previous };
    const actors = this.actors().length;
    this.emit({
      type: 'revision-loaded',
      revision: revision.id,
      generation: slot.current.source.specDigest,
      ...before,
      ...(actors === 0 ? {} : { actors }),
    });
    this.opened.ring();
    await this.leading.session?.revised({ replan, isRetuned });
  }

  /** Replicas follow what is published; one alone comes back to it when it is started again under specs that cannot be used. */
  private async publish({ state }: Workspace): Promise<void> {
    try {
      await this.inForce.publish(state);
    } catch (error) {
      if (this.replica.isShared) throw error;
      const { code, message } = toCallsheetError(error);
      this.emit({ type: 'warning', code, message: `the specs in force could not be kept: ${message}` });
    }
  }

  /** A new leader must not fall back behind what the last one had seen: it looks at its own source first. */
  private async prepare({ state }: Workspace): Promise<void> {
    await this.inForce.follow(this.own, this.signal);
    await this.feed.poke();
    await this.inForce.publish(state);
  }

  private async follow(signal: AbortSignal): Promise<boolean> {
    return this.leading.leads || (await this.inForce.follow(this.own, signal));
  }

  private onProblem(problem: SourceProblem): void {
    const isNews = this.problem?.reason !== problem.reason || this.problem.revision !== problem.revision;
    this.problem = problem;
    const { slot } = this.inForce;
    const inForce = slot.isOpen ? { inForce: slot.current.source.revision } : {};
    if (isNews) this.emit({ type: 'source-failed', ...problem, ...inForce });
    this.leading.session?.noteProblem();
  }

  private session(): Session {
    const { session } = this.leading;
    if (session !== undefined) return session;
    throw new CallsheetError('unavailable', 'this controller does not lead at the moment', {
      hint: 'Ask the one that does, or try again in a moment.',
    });
  }

  private emit(event: UntimedEvent): void {
    this.options.observer?.event({
      ...event,
      at: new Date(this.clock.now()).toISOString(),
    } as ControllerEvent);
  }
}
