import { CallsheetError } from '../diagnostics/errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { Workspace } from '../workspace.ts';
import {
  type Approval,
  DECIDE_ANEW,
  decide,
  liftedGuards,
  readDecisions,
  refuseOtherActors,
} from './approve-plan.ts';
import { readUse, refuseUsed } from './plan-use.ts';
import { RunLog } from './run-log.ts';

/** Where a plan stands with the people who decide. */
export interface PlanDecision {
  readonly plan: string;
  /** `partly`: some of its actors are approved, or all but some. */
  readonly state: 'open' | 'approved' | 'partly' | 'rejected';
  /** Ids of the actors that may be applied, sorted. */
  readonly approved: readonly string[];
  readonly rejected: readonly string[];
  readonly liftedGuards: readonly string[];
  /** The run that used the plan up. */
  readonly usedBy?: string;
  /** All that was said, in order of time. */
  readonly decisions: readonly Approval[];
}

export interface RejectRequest {
  readonly reason: string;
  /** Only these actors of the plan; the whole plan unless given. */
  readonly actors?: readonly string[];
}

/**
 * Records that a person does not want a plan applied, or not for some of its actors. What was approved before is not any more; a later
 * approval outranks it again.
 *
 * @throws CallsheetError `invalid-input` (no reason), `not-found` (no such actor in it), `stale` (the plan was used up).
 */
export async function rejectPlan(
  workspace: Workspace,
  plan: Plan,
  { reason, actors }: RejectRequest,
): Promise<RunRecord> {
  if (reason.trim() === '')
    throw new CallsheetError('invalid-input', 'a plan is only rejected with a reason');
  refuseOtherActors(plan, actors);
  await refuseUsed(workspace.state, plan, DECIDE_ANEW);
  const { who: by, clock } = workspace;
  const at = new Date(clock.now()).toISOString();
  const some = actors === undefined ? {} : { actors };
  await decide(workspace, plan, {
    verdict: 'rejected',
    by,
    at,
    guards: [],
    ...some,
    reason: reason.trim(),
  });
  const what =
    actors === undefined ? 'rejected' : `rejected for ${actors.length} of ${plan.actors.length} actors`;
  const { id, source } = plan;
  const log = await RunLog.open(workspace, {
    kind: 'approve',
    plan: id,
    revision: source.revision,
    estimateUsd: 0,
    note: `${what}: ${reason.trim()}`,
  });
  return await log.finish('succeeded');
}

/** What people have decided on a plan so far. */
export async function readDecision(
  state: StateBackend,
  plan: Plan,
  signal?: AbortSignal,
): Promise<PlanDecision> {
  const decisions = await readDecisions(state, plan, signal);
  const use = await readUse(state, plan.id, signal);
  return {
    plan: plan.id,
    ...standing(plan, decisions),
    liftedGuards: await liftedGuards(state, plan, signal),
    ...(use === undefined ? {} : { usedBy: use.run }),
    decisions,
  };
}

/** Of each actor with something to do, the last word counts. */
function standing(
  plan: Plan,
  decisions: readonly Approval[],
): Pick<PlanDecision, 'state' | 'approved' | 'rejected'> {
  const last = new Map<string, 'approved' | 'rejected'>();
  const acting = plan.actors.filter(({ actions }) => actions.length > 0).map(({ actor }) => actor);
  for (const { verdict = 'approved', actors = acting } of decisions) {
    for (const actor of actors) last.set(actor, verdict);
  }
  const of = (verdict: string) => acting.filter((actor) => last.get(actor) === verdict);
  const approved = of('approved');
  const rejected = of('rejected');
  return { state: stateOf(acting.length, approved.length, rejected.length, decisions), approved, rejected };
}

function stateOf(
  all: number,
  approved: number,
  rejected: number,
  decisions: readonly Approval[],
): PlanDecision['state'] {
  if (all === 0) return decisions.at(-1) === undefined ? 'open' : (decisions.at(-1)!.verdict ?? 'approved');
  if (approved === all) return 'approved';
  if (rejected === all) return 'rejected';
  return approved > 0 ? 'partly' : 'open';
}
