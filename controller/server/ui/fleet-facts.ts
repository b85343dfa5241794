import { currentSuspension } from '../../spec/matching.ts';
import { suspensionsAt } from '../../status/suspensions.ts';
import { readSuspensions } from '../../usecases/suspend.ts';
import type { Workspace } from '../../workspace.ts';

/** US dollars, by days in UTC. */
export interface Money {
  readonly todayUsd: number;
  readonly monthUsd: number;
  readonly perDayUsd: number | undefined;
  /** How many days this month has. */
  readonly days: number;
}

/** Why nothing is applied in the library. Without a person, the specs say so. */
export interface Stopped {
  readonly reason: string;
  readonly by?: string;
}

/** What was spent in this month, and what may be. */
export async function moneyOf({ ledger, clock, settings }: Workspace): Promise<Money> {
  const now = new Date(clock.now());
  const today = now.toISOString().slice(0, 10);
  const lines = await ledger.costs({ fromDay: `${today.slice(0, 8)}01`, toDay: today });
  const sum = (some: typeof lines) => some.reduce((total, { usd, openUsd }) => total + usd + openUsd, 0);
  return {
    todayUsd: sum(lines.filter(({ day }) => day === today)),
    monthUsd: sum(lines),
    perDayUsd: settings.limits.budget.perDay,
    days: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate(),
  };
}

/** Undefined while the library is not suspended. */
export async function stoppedBy({ state, settings, clock }: Workspace): Promise<Stopped | undefined> {
  const nowMs = clock.now();
  const { library } = suspensionsAt(await readSuspensions(state), nowMs);
  if (library !== undefined) return { reason: library.reason, by: library.by };
  const inSpecs = currentSuspension([settings.suspended], nowMs);
  return inSpecs === undefined ? undefined : { reason: inSpecs.reason };
}
