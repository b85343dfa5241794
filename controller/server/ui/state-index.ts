import pMap from 'p-map';
import type { Plan } from '../../plan/plan.ts';
import type { RunRecord } from '../../records/run-record.ts';
import type { StateBackend } from '../../state-backend/state-backend.ts';
import { loadPlan } from '../../usecases/plan-files.ts';

/** A plan as a list shows it. */
export interface PlanEntry
  extends Pick<Plan, 'id' | 'createdAt' | 'digest' | 'source' | 'selection' | 'summary'> {
  /** Names of the guards that deny it. */
  readonly denied: readonly string[];
}

/** What has been done with a plan, as the names of the documents beside it tell. */
export type PlanMark = 'applied' | 'approval';

/** A run as a list shows it. */
export interface RunEntry extends Omit<RunRecord, 'actors'> {
  readonly actors: readonly string[];
  readonly done: number;
  readonly actions: number;
}

/** Runs and plans older than these are found by their address only. */
const KEPT = 300;
const READS = 8;
/** Plans read when the newest of them do not tell of everybody, as those of a controller. */
const READ_AT_ONCE = 20;

/**
 * Plans and runs in state, the newest first. Each is read once, since neither changes after it is done; what is new is found by listing.
 */
export class StateIndex {
  private readonly plansById = new Map<string, PlanEntry>();
  private readonly runsById = new Map<string, RunEntry>();
  private marks = new Map<string, ReadonlySet<PlanMark>>();
  /** The newest first, whether they have been read or not. */
  planIds: readonly string[] = [];
  /** The newest plan of the whole library. */
  private basis = '';
  private runIds: readonly string[] = [];

  /** The newest first. */
  get plans(): readonly PlanEntry[] {
    return this.planIds.flatMap((id) => this.plansById.get(id) ?? []);
  }

  /** The newest first. */
  get runs(): readonly RunEntry[] {
    return this.runIds.flatMap((id) => this.runsById.get(id) ?? []);
  }

  has(plan: string, mark: PlanMark): boolean {
    return this.marks.get(plan)?.has(mark) === true;
  }

  /** Brings the index up to date. Returns plans that were met for the first time, whole, and whether anything has changed. */
  async refresh(
    state: StateBackend,
  ): Promise<{ readonly changed: boolean; readonly fresh: readonly Plan[] }> {
    const [plans, runs] = await Promise.all([this.refreshPlans(state), this.refreshRuns(state)]);
    return { changed: plans.changed || runs, fresh: plans.fresh };
  }

  private async refreshPlans(state: StateBackend): Promise<{ changed: boolean; fresh: Plan[] }> {
    const ids: string[] = [];
    const marks = new Map<string, Set<PlanMark>>();
    for await (const path of state.list('plans/')) {
      const found = /^plans\/([^/.]+)(?:\.(applied|approval))?\.json$/.exec(path);
      if (found === null) continue;
      const [, id = '', mark] = found;
      if (mark === undefined) ids.push(id);
      else marks.set(id, (marks.get(id) ?? new Set()).add(mark as PlanMark));
    }
    this.planIds = ids.sort().reverse().slice(0, KEPT);
    const changed = !sameMarks(marks, this.marks);
    this.marks = marks;
    const fresh: Plan[] = [];
    for (const id of this.planIds) {
      // Older plans change nothing of what is shown; lists read them when somebody looks.
      if (id <= this.basis || fresh.some(tellsAll) || fresh.length >= READ_AT_ONCE) break;
      if (this.plansById.has(id)) continue;
      const plan = await this.readPlan(state, id);
      if (plan !== undefined) fresh.push(plan);
    }
    this.basis = fresh.find(tellsAll)?.id ?? this.basis;
    return { changed: changed || fresh.length > 0, fresh };
  }

  /** Reads plans that nobody has looked at so far. One after the other: a plan of ten thousand actors is large. */
  async readOlder(state: StateBackend, ids: readonly string[]): Promise<void> {
    for (const id of ids) if (!this.plansById.has(id)) await this.readPlan(state, id);
  }

  private async readPlan(state: StateBackend, id: string): Promise<Plan | undefined> {
    const plan = await loadPlan({ state }, id).catch(() => undefined);
    if (plan !== undefined) this.plansById.set(id, entryOfPlan(plan));
    return plan;
  }

  private async refreshRuns(state: StateBackend): Promise<boolean> {
    const ids: string[] = [];
    for await (const path of state.list('runs/')) {
      const id = /^runs\/([^/]+)\.json$/.exec(path)?.[1];
      if (id !== undefined) ids.push(id);
    }
    this.runIds = ids.sort().reverse().slice(0, KEPT);
    let changed = false;
    const open = this.runIds.filter((id) => (this.runsById.get(id)?.status ?? 'running') === 'running');
    await pMap(
      open,
      async (id) => {
        const run = (await state.read<RunRecord>(`runs/${id}.json`))?.value;
        if (run === undefined) return;
        const before = this.runsById.get(id);
        const now = entryOfRun(run);
        changed ||= before === undefined || before.status !== now.status || before.done !== now.done;
        this.runsById.set(id, now);
      },
      { concurrency: READS },
    );
    return changed;
  }
}

/** Whether a plan is about the whole library. */
export function coversAll({ selection }: Pick<Plan, 'selection'>): boolean {
  return selection.actors === undefined && selection.types === undefined;
}

/** Whether a plan tells of everybody: what a controller proposes leaves out whoever is balanced. */
function tellsAll(plan: Plan): boolean {
  return coversAll(plan) && plan.actors.some(({ actions }) => actions.length === 0);
}

/** Whether applying the plan would do anything. */
export function hasActions({ summary }: Pick<PlanEntry, 'summary'>): boolean {
  const { generate, restore, adopt, forget } = summary;
  return generate + restore + adopt + forget + summary.delete > 0;
}

function entryOfPlan({ id, createdAt, digest, source, selection, summary, guards }: Plan): PlanEntry {
  const denied = guards.filter(({ result }) => result === 'deny').map(({ name }) => name);
  return { id, createdAt, digest, source, selection, summary, denied };
}

function entryOfRun({ actors, ...run }: RunRecord): RunEntry {
  const actions = actors.flatMap((actor) => actor.actions);
  return {
    ...run,
    actors: actors.map(({ actor }) => actor),
    actions: actions.length,
    done: actions.filter(({ outcome }) => outcome === 'done').length,
  };
}

function sameMarks(a: ReadonlyMap<string, ReadonlySet<PlanMark>>, b: typeof a): boolean {
  if (a.size !== b.size) return false;
  for (const [id, marks] of a) if (b.get(id)?.size !== marks.size) return false;
  return true;
}
