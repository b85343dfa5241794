import type { Plan } from '../plan/plan.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { readDecision } from '../usecases/decide-plan.ts';
import type { Term } from './term.ts';

/** What people have said of a plan, as far as it decides what may be applied. */
export interface Approval {
  /** Actors that somebody has approved. */
  readonly approved: ReadonlySet<string>;
  readonly rejected: ReadonlySet<string>;
  /** Names of the guards that are lifted for this plan. */
  readonly lifted: readonly string[];
}

/** What people decide on the plan at hand, in whatever way they say it: heard of each time, told once. */
export class Approvals {
  private readonly emit: Term['emit'];
  private told: { readonly plan: string; readonly count: number } | undefined;

  constructor({ emit }: Pick<Term, 'emit'>) {
    this.emit = emit;
  }

  /** The decisions on exactly this plan; undefined when nobody has said anything. */
  async read(state: StateBackend, plan: Plan, signal?: AbortSignal): Promise<Approval | undefined> {
    const { decisions, approved, rejected, liftedGuards } = await readDecision(state, plan, signal);
    const known = this.told?.plan === plan.id ? this.told.count : 0;
    this.told = { plan: plan.id, count: decisions.length };
    for (const { verdict = 'approved', by, at: saidAt, guards, actors, reason } of decisions.slice(known)) {
      this.emit({
        type: 'plan-decided',
        plan: plan.id,
        verdict,
        by,
        saidAt,
        ...(guards.length === 0 ? {} : { guards }),
        ...(actors === undefined ? {} : { actors: actors.length }),
        ...(reason === undefined ? {} : { reason }),
      });
    }
    if (decisions.length === 0) return undefined;
    return { approved: new Set(approved), rejected: new Set(rejected), lifted: liftedGuards };
  }
}
