import { toCallsheetError } from '../../diagnostics/errors.ts';
import type { ActorPlan, Plan } from '../../plan/plan.ts';
import type { ControllerApi, Readiness } from '../../reconcile/controller-ports.ts';
import type { RunRecord } from '../../records/run-record.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { HoldReason } from '../../status/condition.ts';
import { type PlanDecision, readDecision } from '../../usecases/decide-plan.ts';
import { loadPlan } from '../../usecases/plan-files.ts';
import type { Workspace } from '../../workspace.ts';
import type { LibraryAccess } from '../server-context.ts';
import { type Money, moneyOf, type Stopped, stoppedBy } from './fleet-facts.ts';
import { type FleetFigures, figuresOf } from './fleet-figures.ts';
import { type FleetRow, rowAfterRun, rowOfPlan, rowWithStatus } from './fleet-row.ts';
import { coversAll, hasActions, type PlanEntry, StateIndex } from './state-index.ts';

/** Everything that the fleet page shows, put together ahead of any request. */
export interface FleetSnapshot {
  /** Grows with every change. */
  readonly version: number;
  readonly library: string;
  /** Sorted by id. */
  readonly rows: readonly FleetRow[];
  readonly byActor: ReadonlyMap<string, FleetRow>;
  readonly figures: FleetFigures;
  readonly money: Money;
  /** Why nothing is applied in the library, when a person has stopped it. */
  readonly suspended: Stopped | undefined;
  readonly waiting: WaitingPlan | undefined;
  /** In what respect the server is limping, or only stands by. */
  readonly reasons: Readiness['reasons'];
  /** The specs have changed since the fleet was planned. */
  readonly isOutdated: boolean;
}

/** A plan that is not applied yet. */
export interface WaitingPlan {
  readonly plan: PlanEntry;
  /** What it waits for, when that is not somebody's decision: a window, tomorrow's budget. */
  readonly until?: string;
}

export type Planning = { readonly state: 'busy' } | { readonly state: 'failed'; readonly message: string };

export interface FleetBoardOptions {
  readonly library: LibraryAccess;
  readonly clock: Clock;
  readonly api: Pick<ControllerApi, 'actors' | 'library' | 'plans' | 'ready'>;
}

/** A page may show what was true so many milliseconds ago. */
const FRESH_MS = 500;
/** Milliseconds that a request waits for something fresher, and for the very latest. */
const PATIENCE_MS = 150;
const LATEST_PATIENCE_MS = 2000;
/** How often somebody who watches is told; a listing of a bucket costs money. */
const WATCH_MS = { file: 2_000, remote: 15_000 } as const;

/**
 * Keeps the fleet in memory: the newest plan of the whole library, what newer plans and runs have changed since, and the controller's word.
 * Requests are answered from it alone; a look at what is new costs two listings, whatever the size of the library.
 */
export class FleetBoard {
  readonly index = new StateIndex();
  private readonly options: FleetBoardOptions;
  private readonly planned = new Map<string, FleetRow>();
  private readonly counted = new Set<string>();
  /** By the very plan that a controller holds: it is a new object whenever it has looked again. */
  private readonly drawnRows = new WeakMap<ActorPlan, FleetRow>();
  private readonly listeners = new Set<(version: number) => void>();
  private basis = '';
  private statuses: ReturnType<ControllerApi['actors']> = [];
  private watching: NodeJS.Timeout | undefined;
  private watchMs: number = WATCH_MS.file;
  /** Something was noted that no listing shows. */
  private dirty = false;
  private drawn = '';
  private planningNow: Planning | undefined;
  private shown: FleetSnapshot | undefined;
  private looking: Promise<FleetSnapshot> | undefined;
  private lookedMs = Number.NEGATIVE_INFINITY;

  constructor(options: FleetBoardOptions) {
    this.options = options;
  }

  /** What is known, looked up again when it is not fresh any more. Nobody waits long for that: the page is told when it is done. */
  async snapshot(): Promise<FleetSnapshot> {
    if (this.shown === undefined) return await this.refresh();
    if (this.options.clock.now() - this.lookedMs > FRESH_MS) await this.atMost(PATIENCE_MS, this.refresh());
    return this.shown;
  }

  /** With what had been done when this was called, unless that takes too long to look up. */
  async latest(): Promise<FleetSnapshot> {
    if (this.shown === undefined) return await this.refresh();
    await this.atMost(LATEST_PATIENCE_MS, this.refreshAfterChange());
    return this.shown;
  }

  /** Waits for a look, but not for ever; what goes wrong with it is shown by the next one. */
  private async atMost(patienceMs: number, looked: Promise<unknown>): Promise<void> {
    const patience = new AbortController();
    const waited = this.options.clock.sleep(patienceMs, patience.signal).catch(() => {});
    await Promise.race([looked.catch(() => {}), waited]);
    patience.abort();
  }

  /** Looks now. Callers that come while it looks get the same answer. */
  refresh(): Promise<FleetSnapshot> {
    this.looking ??= this.options.library
      .use((workspace) => this.look(workspace))
      .finally(() => {
        this.looking = undefined;
      });
    return this.looking;
  }

  /** A look that begins after this call: a decision that was just made is in it. */
  async refreshAfterChange(): Promise<FleetSnapshot> {
    await this.looking?.catch(() => {});
    return await this.refresh();
  }

  /** How the making of a plan of everything goes; undefined when nobody has asked for one. */
  get planning(): Planning | undefined {
    return this.planningNow;
  }

  /** Has a plan of everything made, once at a time; does not wait for it. */
  plan(make: () => Promise<void>): void {
    if (this.planningNow?.state === 'busy') return;
    this.tellPlanning({ state: 'busy' });
    make()
      .then(() => this.tellPlanning(undefined))
      .catch((error: unknown) =>
        this.tellPlanning({ state: 'failed', message: toCallsheetError(error).message }),
      )
      .finally(() => void this.refreshAfterChange().catch(() => {}));
  }

  private tellPlanning(planning: Planning | undefined): void {
    this.planningNow = planning;
    this.dirty = true;
  }

  /** Takes up what was just seen of an actor, after a decision about it. */
  async note(plan: ActorPlan): Promise<void> {
    await this.looking?.catch(() => {});
    this.planned.set(plan.actor, rowOfPlan(plan, new Date(this.options.clock.now()).toISOString()));
    this.dirty = true;
    await this.refresh();
  }

  /** Calls back when something has changed; looks for it by itself as long as somebody listens. Returns how to stop that. */
  listen(listener: (version: number) => void): () => void {
    this.listeners.add(listener);
    this.watching ??= setInterval(() => void this.refresh().catch(() => {}), this.watchMs).unref();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.watching);
      this.watching = undefined;
    };
  }

  private async look(workspace: Workspace): Promise<FleetSnapshot> {
    const { state } = workspace;
    this.watchMs = state.url.startsWith('file:') ? WATCH_MS.file : WATCH_MS.remote;
    const { changed, fresh } = await this.index.refresh(state);
    const live = this.options.api.plans?.() ?? [];
    if (live.length === 0) for (const plan of fresh.toReversed()) this.takePlan(plan);
    const ran = live.length === 0 ? await this.takeRuns(workspace) : this.takeLive(live);
    const statused = this.takeStatuses();
    const [money, suspended, waiting] = await Promise.all([
      moneyOf(workspace),
      stoppedBy(workspace),
      this.waitingPlan(workspace),
    ]);
    const before = this.shown;
    const { reasons } = this.options.api.ready();
    const isOutdated = live.length === 0 && this.isOutdated(workspace);
    const facts = { money, suspended, waiting, reasons, isOutdated };
    const drawn = JSON.stringify([facts, workspace.settings.name]);
    this.lookedMs = this.options.clock.now();
    if (before !== undefined && !this.dirty && !changed && !ran && !statused && drawn === this.drawn)
      return before;
    this.dirty = false;
    this.drawn = drawn;
    this.shown = this.draw(workspace, facts);
    for (const listener of this.listeners) listener(this.shown.version);
    return this.shown;
  }

  /** The plan that the controller holds back, else the newest of the whole library, unless somebody has decided on it. */
  private async waitingPlan({ state }: Workspace): Promise<WaitingPlan | undefined> {
    const pending = this.options.api.library()?.pending;
    const plan = this.index.plans.find((entry) =>
      pending === undefined ? coversAll(entry) : entry.id === pending.plan,
    );
    if (plan === undefined || !hasActions(plan) || this.index.has(plan.id, 'applied')) return undefined;
    if (pending !== undefined && !isForPeople(pending.reason, plan)) return { plan, until: pending.message };
    if (!this.index.has(plan.id, 'approval')) return { plan };
    const decision: PlanDecision = await readDecision(state, await loadPlan({ state }, plan.id));
    return decision.state === 'open' ? { plan } : undefined;
  }

  private isOutdated({ source }: Workspace): boolean {
    const basis = this.index.plans.find(({ id }) => id === this.basis);
    return basis !== undefined && basis.source.specDigest !== source.specDigest;
  }

  /** A controller has looked at everybody itself: nothing that lies in state is newer. */
  private takeLive(plans: readonly ActorPlan[]): boolean {
    const at = new Date(this.options.clock.now()).toISOString();
    let changed = plans.length !== this.planned.size;
    this.planned.clear();
    for (const plan of plans) {
      const known = this.drawnRows.get(plan);
      const row = known ?? rowOfPlan(plan, at);
      changed ||= known === undefined;
      this.drawnRows.set(plan, row);
      this.planned.set(plan.actor, row);
    }
    return changed;
  }

  /**
   * Plans come oldest first. A plan of everything replaces what was known; a plan of a part adds to it, and so does what a controller
   * proposes, which leaves out whoever is balanced.
   */
  private takePlan(plan: Plan): void {
    if (plan.id < this.basis) return;
    if (coversAll(plan) && plan.actors.some(({ actions }) => actions.length === 0)) {
      this.planned.clear();
      this.basis = plan.id;
    }
    for (const actor of plan.actors) this.planned.set(actor.actor, rowOfPlan(actor, plan.createdAt));
  }

  /** Runs that ended after the plan was made have changed what it saw. */
  private async takeRuns({ state }: Workspace): Promise<boolean> {
    const since = this.index.plans.find(({ id }) => id === this.basis)?.createdAt ?? '';
    const ended = this.index.runs.filter(
      ({ id, kind, finishedAt }) =>
        finishedAt !== undefined && finishedAt > since && !this.counted.has(id) && CHANGES_SETS.has(kind),
    );
    for (const { id, finishedAt = '' } of ended.toReversed()) {
      this.counted.add(id);
      const run = (await state.read<RunRecord>(`runs/${id}.json`))?.value;
      for (const actorRun of run?.actors ?? []) {
        const row = this.planned.get(actorRun.actor);
        if (row === undefined || row.seenAt > finishedAt) continue;
        this.planned.set(actorRun.actor, rowAfterRun(row, actorRun, finishedAt));
      }
    }
    return ended.length > 0;
  }

  private takeStatuses(): boolean {
    const now = this.options.api.actors();
    const changed = now.length !== this.statuses.length || now.some((one, i) => one !== this.statuses[i]);
    this.statuses = now;
    return changed;
  }

  private draw(
    workspace: Workspace,
    facts: Pick<FleetSnapshot, 'money' | 'suspended' | 'waiting' | 'reasons' | 'isOutdated'>,
  ): FleetSnapshot {
    const byActor = new Map(this.planned);
    for (const document of this.statuses) {
      byActor.set(document.actor, rowWithStatus(byActor.get(document.actor), document));
    }
    const rows = [...byActor.values()].sort((a, b) => (a.actor < b.actor ? -1 : 1));
    return {
      version: (this.shown?.version ?? 0) + 1,
      library: workspace.settings.name,
      rows,
      byActor,
      figures: figuresOf(rows),
      ...facts,
    };
  }
}

/** Whether a person's word would let it go on: the budget of a run is a guard, which may be lifted. */
function isForPeople(reason: string, { denied }: PlanEntry): boolean {
  return reason === 'BudgetExhausted' ? denied.includes('budget') : DECISIONS.has(reason);
}

const DECISIONS: ReadonlySet<string> = new Set<HoldReason>([
  'AwaitingApproval',
  'GuardDenied',
  'RolloutHalted',
]);

const CHANGES_SETS: ReadonlySet<string> = new Set(['apply', 'rollback', 'recovery', 'trash-restore']);
