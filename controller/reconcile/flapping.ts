import type { ActorPlan } from '../plan/plan.ts';
import type { ActorRun } from '../records/run-record.ts';
import type { Move, StalledOn } from '../status/status-document.ts';

/** How long a category that went one way and back is watched. */
export const FLAP_WINDOW_MS = 24 * 3_600_000;

type Direction = Move['direction'];

/**
 * What a run changed in each category on balance. A picture that was replaced by another moves nothing: that is a repair, not a change
 * of mind.
 */
export function movesOf(run: ActorRun, id: string, at: string, generation: string | undefined): Move[] {
  const done = run.actions.filter(({ outcome, category }) => outcome === 'done' && category !== undefined);
  const nets = netByCategory(done.map(({ kind, category }) => ({ kind, category: category! })));
  return [...nets]
    .filter(([, net]) => net !== 0)
    .map(([category, net]) => ({
      category,
      direction: net > 0 ? 'up' : 'down',
      count: Math.abs(net),
      run: id,
      at,
      ...(generation === undefined ? {} : { generation }),
    }));
}

/**
 * Whether a plan would turn a category around for the second time within the window for one and the same desired state: deleted,
 * generated, and now to be deleted again (or the other way round). Two writers, or an evaluator that changes its mind, do that for ever
 * and at a price. Returns the evidence.
 */
export function findFlapping(plan: ActorPlan, moves: readonly Move[], nowMs: number): StalledOn | undefined {
  // What was done for another target in between is what this plan takes back: no change of mind, but one of the specs.
  const sinceOther = moves.findLastIndex(({ generation }) => generation !== plan.targetDigest) + 1;
  const recent = moves.slice(sinceOther).filter(({ at }) => nowMs - Date.parse(at) < FLAP_WINDOW_MS);
  for (const [category, net] of netByCategory(plan.actions.filter((action) => action.kind !== 'forget'))) {
    if (net === 0) continue;
    const wanted: Direction = net > 0 ? 'up' : 'down';
    const turns = turnsOf(recent.filter((move) => move.category === category));
    const [before, last] = turns.slice(-2);
    if (before?.direction !== wanted || last === undefined || last.direction === wanted) continue;
    return {
      reason: 'FlappingDetected',
      message: `${describe(before)}, ${describe(last)}, and now ${Math.abs(net)} would be ${verb(wanted)} again: something else changes "${category}", or its images are judged differently every time. Nothing is changed until this is sorted out; "callsheet reconcile --actor ${plan.actor}" tries again.`,
      ...(plan.targetDigest === undefined ? {} : { generation: plan.targetDigest }),
      until: new Date(Date.parse(before.at) + FLAP_WINDOW_MS).toISOString(),
    };
  }
  return undefined;
}

/** Moves in the same direction one after the other are one. */
function turnsOf(moves: readonly Move[]): Move[] {
  return moves.filter((move, index) => moves[index + 1]?.direction !== move.direction);
}

function netByCategory(
  actions: readonly { readonly kind: string; readonly category?: string }[],
): Map<string, number> {
  const nets = new Map<string, number>();
  for (const { kind, category } of actions) {
    if (category === undefined || kind === 'forget') continue;
    nets.set(category, (nets.get(category) ?? 0) + (kind === 'delete' ? -1 : 1));
  }
  return nets;
}

function describe({ direction, count, category, run, at }: Move): string {
  return `${count} ${category} ${verb(direction)} at ${at} (${run})`;
}

function verb(direction: Direction): string {
  return direction === 'up' ? 'added' : 'deleted';
}
