import pMap from 'p-map';
import type { Plan } from '../../plan/plan.ts';
import type { RunRecord } from '../../records/run-record.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type ActorStatusDocument, LIBRARY_STATUS_PATH } from '../../status/status-document.ts';
import { readSuspensions } from '../../usecases/suspend.ts';
import type { Workspace } from '../../workspace.ts';
import type { LibraryAccess } from '../server-context.ts';
import { type FleetFigures, figuresOf } from './fleet-figures.ts';
import { type FleetRow, rowAfterRun, rowOfPlan, rowWithStatus } from './fleet-row.ts';
import { coversAll, StateIndex } from './state-index.ts';

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
  readonly suspended: { readonly reason: string; readonly by?: string } | undefined;
}

/** US dollars, by days in UTC. */
export interface Money {
  readonly todayUsd: number;
  readonly monthUsd: number;
  readonly perDayUsd: number | undefined;
}

export interface FleetBoardOptions {
  readonly library: LibraryAccess;
  readonly clock: Clock;
  /** What a running controller knows of its actors; undefined: what it left in state. */
  readonly statuses?: () => readonly ActorStatusDocument[];
}

/** A page may show what was true so many milliseconds ago. */
const FRESH_MS = 1_500;
const STATUS_READS = 16;

/**
 * Keeps the fleet in memory: the newest plan of the whole library, what newer plans and runs have changed since, and the controller's word.
 * Requests are answered from it alone; a look at what is new costs two listings, whatever the size of the library.
 */
export class FleetBoard {
  readonly index = new StateIndex();
  private readonly options: FleetBoardOptions;
  private readonly planned = new Map<string, FleetRow>();
  private readonly counted = new Set<string>();
  private readonly listeners = new Set<(version: number) => void>();
  private basis = '';
  private statuses: readonly ActorStatusDocument[] = [];
  private statusVersion: string | undefined;
  private shown: FleetSnapshot | undefined;
  private looking: Promise<FleetSnapshot> | undefined;
  private lookedMs = Number.NEGATIVE_INFINITY;

  constructor(options: FleetBoardOptions) {
    this.options = options;
  }

  /** What is known, looked up again when it is not fresh any more. Only the first caller waits for that. */
  async snapshot(): Promise<FleetSnapshot> {
    if (this.shown === undefined) return await this.refresh();
    if (this.options.clock.now() - this.lookedMs > FRESH_MS) this.refresh().catch(() => {});
    return this.shown;
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

  /** Calls back when something has changed. Returns how to stop that. */
  listen(listener: (version: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async look(workspace: Workspace): Promise<FleetSnapshot> {
    const { state } = workspace;
    const { changed, fresh } = await this.index.refresh(state);
    for (const plan of fresh.toReversed()) this.takePlan(plan);
    const ran = await this.takeRuns(workspace);
    const statused = await this.takeStatuses(workspace);
    const [money, suspended] = await Promise.all([moneyOf(workspace), suspensionOf(workspace)]);
    const before = this.shown;
    const same =
      before !== undefined &&
      !changed &&
      !ran &&
      !statused &&
      JSON.stringify([money, suspended]) === JSON.stringify([before.money, before.suspended]);
    this.lookedMs = this.options.clock.now();
    if (same) return before;
    this.shown = this.draw(workspace, money, suspended);
    for (const listener of this.listeners) listener(this.shown.version);
    return this.shown;
  }

  /** Plans come oldest first. A plan of everything replaces what was known; a plan of a part adds to it. */
  private takePlan(plan: Plan): void {
    if (plan.id < this.basis) return;
    if (coversAll(plan)) {
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

  private async takeStatuses({ state }: Workspace): Promise<boolean> {
    if (this.options.statuses !== undefined) {
      const now = this.options.statuses();
      const changed = now.length !== this.statuses.length || now.some((one, i) => one !== this.statuses[i]);
      this.statuses = now;
      return changed;
    }
    // The library's document counts actors by condition: while it stays as it is, so do most of them.
    const library = await state.read(LIBRARY_STATUS_PATH);
    if (library === undefined || library.version === this.statusVersion) return false;
    this.statusVersion = library.version;
    const paths: string[] = [];
    for await (const path of state.list('status/')) if (path !== LIBRARY_STATUS_PATH) paths.push(path);
    const read = await pMap(paths, async (path) => (await state.read<ActorStatusDocument>(path))?.value, {
      concurrency: STATUS_READS,
    });
    this.statuses = read.filter((document) => document !== undefined);
    return true;
  }

  private draw(workspace: Workspace, money: Money, suspended: FleetSnapshot['suspended']): FleetSnapshot {
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
      money,
      suspended,
    };
  }
}

const CHANGES_SETS: ReadonlySet<string> = new Set(['apply', 'rollback', 'recovery', 'trash-restore']);

async function moneyOf({ ledger, clock, settings }: Workspace): Promise<Money> {
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const lines = await ledger.costs({ fromDay: `${today.slice(0, 8)}01`, toDay: today });
  const sum = (some: typeof lines) => some.reduce((total, { usd, openUsd }) => total + usd + openUsd, 0);
  return {
    todayUsd: sum(lines.filter(({ day }) => day === today)),
    monthUsd: sum(lines),
    perDayUsd: settings.limits.budget.perDay,
  };
}

async function suspensionOf({ state, settings }: Workspace): Promise<FleetSnapshot['suspended']> {
  const { library } = await readSuspensions(state);
  if (library !== undefined) return { reason: library.reason, by: library.by };
  return settings.suspended === undefined ? undefined : { reason: settings.suspended.reason };
}
