import pMap from 'p-map';
import type { Plan } from '../plan/plan.ts';
import { readActorRecord } from '../records/actor-records.ts';
import type { RunRecord } from '../records/run-record.ts';
import { loadPlan } from '../usecases/plan-files.ts';
import type { Workspace } from '../workspace.ts';
import {
  alreadyDone,
  beginEntry,
  closeEntry,
  EMPTY_TALLY,
  endEntry,
  openEntries,
  TALLY_PATH,
  type Tally,
  type TallyEntry,
  tallyEasesMs,
  withoutEntry,
} from './tally.ts';
import type { Term } from './term.ts';

const READS_AT_ONCE = 32;

/** Keeps in state what the runs of a day add up to. A run is in it before it begins: one that is cut off must count as well. */
export class TallyBook {
  private readonly assertLeads: () => void;
  private tally: Tally = EMPTY_TALLY;

  constructor({ assertLeads }: Pick<Term, 'assertLeads'>) {
    this.assertLeads = assertLeads;
  }

  /** Takes up what an earlier controller has written. To be called when journals are settled: what its last run did is certain then. */
  async load(workspace: Workspace, signal?: AbortSignal): Promise<void> {
    this.tally = (await workspace.state.read<Tally>(TALLY_PATH, signal))?.value ?? EMPTY_TALLY;
    await this.settle(workspace, signal);
  }

  /** What the runs of the last day have done already: guards count it in. */
  already(nowMs: number): ReturnType<typeof alreadyDone> {
    return alreadyDone(this.tally, nowMs);
  }

  /** When the day's sum grows smaller; see `tallyEasesMs`. */
  easesMs(nowMs: number): number | undefined {
    return tallyEasesMs(this.tally, nowMs);
  }

  /** A run is about to begin. */
  async begin(workspace: Workspace, run: string, plan: Plan, lifted: readonly string[]): Promise<void> {
    const nowMs = workspace.clock.now();
    await this.keep(workspace, beginEntry(this.tally, run, plan, lifted, nowMs));
  }

  /** A run could not begin. To be called before its plan is removed. */
  async withdraw(workspace: Workspace, run: string): Promise<void> {
    await this.keep(workspace, withoutEntry(this.tally, run));
  }

  /** A run has ended. */
  async end(workspace: Workspace, run: RunRecord): Promise<void> {
    await this.keep(workspace, endEntry(this.tally, run));
  }

  /** Finds out what the runs did of which nobody knows how they ended. */
  async settle(workspace: Workspace, signal?: AbortSignal): Promise<void> {
    for (const entry of openEntries(this.tally)) {
      const facts = {
        deletes: await deletesOf(workspace, entry, signal),
        costUsd: await costOf(workspace, entry, signal),
      };
      await this.keep(workspace, closeEntry(this.tally, entry.run, facts));
    }
  }

  private async keep({ state }: Workspace, tally: Tally): Promise<void> {
    this.assertLeads();
    await state.write(TALLY_PATH, tally);
    this.tally = tally;
  }
}

/** Images that its plan wanted deleted and that it has moved to the trash; as many as were planned where the plan is gone. */
async function deletesOf(workspace: Workspace, entry: TallyEntry, signal?: AbortSignal): Promise<number> {
  const plan = await loadPlan(workspace, entry.plan, signal).catch(() => undefined);
  if (plan === undefined) return entry.deletes;
  const counts = await pMap(
    plan.actors,
    async ({ actor, actions }) => {
      const doomed = new Set(actions.flatMap((action) => (action.kind === 'delete' ? [action.image] : [])));
      if (doomed.size === 0) return 0;
      const { record } = await readActorRecord(workspace.state, actor, signal);
      return record.trash.filter(({ run, image }) => run === entry.run && doomed.has(image)).length;
    },
    { concurrency: READS_AT_ONCE },
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function costOf({ ledger }: Workspace, { run, at }: TallyEntry, signal?: AbortSignal): Promise<number> {
  const lines = await ledger.costs({ fromDay: at.slice(0, 10) }, signal);
  return lines.filter((line) => line.run === run).reduce((sum, { usd, openUsd }) => sum + usd + openUsd, 0);
}
