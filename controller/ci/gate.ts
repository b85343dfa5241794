import type { Plan } from '../plan/plan.ts';
import { planOutcome } from '../views/plan-outcome.ts';
import { countOf } from '../views/text.ts';

/** What fails a pipeline: nothing but that no plan could be made; a guard that denies it, or an actor in error; also any change at all. */
export type FailOn = 'never' | 'guard' | 'changes';

export const FAIL_ON = ['never', 'guard', 'changes'] as const satisfies readonly FailOn[];

/** Why a pipeline is to fail; undefined when it is not. */
export function gateFailure(plan: Pick<Plan, 'summary' | 'guards'>, failOn: FailOn): string | undefined {
  if (failOn === 'never') return undefined;
  const denied = plan.guards.filter(({ result }) => result === 'deny').map(({ name }) => name);
  if (denied.length > 0) return `the plan is denied by ${denied.join(', ')}`;
  const outcome = planOutcome(plan);
  if (outcome === 'error') return `${countOf(plan.summary.byStatus.error, 'actor')} could not be planned`;
  if (failOn === 'changes' && outcome !== 'no-changes')
    return outcome === 'changes' ? 'the plan has changes' : 'nobody can say whether there are changes';
  return undefined;
}

/** A plan's figures for later steps of a pipeline. */
export function planOutputs(plan: Plan, failure: string | undefined): Readonly<Record<string, string>> {
  const { summary, guards } = plan;
  return {
    'plan-id': plan.id,
    outcome: planOutcome(plan),
    deletes: String(summary.delete),
    generates: String(summary.generate),
    'cost-usd': summary.cost.known ? String(summary.cost.estimateUsd) : 'unknown',
    denied: guards
      .filter(({ result }) => result === 'deny')
      .map(({ name }) => name)
      .join(','),
    passed: String(failure === undefined),
  };
}
