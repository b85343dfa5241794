import type { Action, ActorPlan, CostEstimate } from './plan.ts';

export const NO_COST: CostEstimate = { estimateUsd: 0, maximumUsd: 0, known: true };

/** What the actions would cost. Evaluating each new picture is part of the price of generating it. */
export function costOf(
  actions: readonly Action[],
  prices: { readonly generationUsd: number | undefined; readonly evaluationUsd: number | undefined },
): CostEstimate {
  const orders = actions.filter((action) => action.kind === 'generate');
  if (orders.length === 0) return NO_COST;
  const { generationUsd, evaluationUsd } = prices;
  const each = (generationUsd ?? 0) + (evaluationUsd ?? 0);
  const attempts = orders.reduce((count, order) => count + order.attempts.length, 0);
  return {
    estimateUsd: roundUsd(each * orders.length),
    maximumUsd: roundUsd(each * attempts),
    known: generationUsd !== undefined && evaluationUsd !== undefined,
  };
}

/** What applying these actors would cost; suspended ones cost nothing. */
export function pendingCost(actors: readonly ActorPlan[]): CostEstimate {
  return actors
    .filter(({ status }) => status !== 'suspended')
    .reduce((sum, { cost }) => addCosts(sum, cost), NO_COST);
}

function addCosts(a: CostEstimate, b: CostEstimate): CostEstimate {
  return {
    estimateUsd: roundUsd(a.estimateUsd + b.estimateUsd),
    maximumUsd: roundUsd(a.maximumUsd + b.maximumUsd),
    known: a.known && b.known,
  };
}

/** To a millionth of a dollar: sums stay exact enough for a ledger and free of binary noise. */
export function roundUsd(amount: number): number {
  return Math.round(amount * 1_000_000) / 1_000_000;
}
