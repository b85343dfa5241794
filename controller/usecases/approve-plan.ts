import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Plan } from '../plan/plan.ts';
import { leaveDecision } from '../reconcile/requests.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { Workspace } from '../workspace.ts';
import { refuseUsed } from './plan-use.ts';
import { RunLog } from './run-log.ts';

/** What people said of one plan: `state/plans/<id>.approval.json`. Only grows. */
export interface ApprovalRecord {
  readonly formatVersion: '1.0';
  readonly plan: string;
  /** The plan's own digest: an approval holds for exactly this plan. */
  readonly digest: string;
  /** In order of time; rejections are among them. */
  readonly approvals: readonly Approval[];
}

export interface Approval {
  /** Absent: approved. */
  readonly verdict?: 'rejected';
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
  /** Guards that are lifted for this plan. */
  readonly guards: readonly string[];
  /** Only these actors; absent: all of them. */
  readonly actors?: readonly string[];
  readonly reason?: string;
}

export interface ApproveRequest {
  readonly guards: readonly string[];
  /** Why; needed to lift a guard. */
  readonly reason?: string;
  /** Whoever is not at the keyboard: the person behind a button in a pipeline. */
  readonly by?: string;
  /** Only these actors of the plan; all of them unless given. */
  readonly actors?: readonly string[];
}

/** Attempts to write while others approve the same plan. */
const ATTEMPTS = 5;

export function approvalPath(plan: string): string {
  return `plans/${plan}.approval.json`;
}

/**
 * Records that a person wants a plan applied, and which of its guards are lifted for it. Applies nothing.
 *
 * @returns the run in the history.
 * @throws CallsheetError `invalid-input` (no such guard, no reason), `stale` (the plan was used up).
 */
export async function approvePlan(
  workspace: Workspace,
  plan: Plan,
  request: ApproveRequest,
  signal?: AbortSignal,
): Promise<RunRecord> {
  const guards = checkGuardNames(plan, request.guards);
  const reason = request.reason?.trim() ?? '';
  if (guards.length > 0 && reason === '') {
    throw new CallsheetError('invalid-input', 'a guard is only lifted with a reason', {
      hint: 'Add --reason "...": it is kept with the plan, for whoever asks later.',
    });
  }
  await refuseUsed(workspace.state, plan, DECIDE_ANEW);
  const { by = workspace.who, actors } = request;
  refuseOtherActors(plan, actors);
  const at = new Date(workspace.clock.now()).toISOString();
  const limits = { ...(actors === undefined ? {} : { actors }), ...(reason === '' ? {} : { reason }) };
  await decide(workspace, plan, { by, at, guards, ...limits }, signal);
  const some = actors === undefined ? '' : `${actors.length} of ${plan.actors.length} actors`;
  const lifted = guards.length === 0 ? '' : `lifted ${guards.join(', ')}`;
  const behind = request.by === undefined ? '' : `for ${request.by}`;
  const note = [some, lifted, behind, reason].filter((part) => part !== '').join(': ');
  const log = await RunLog.open(workspace, {
    kind: 'approve',
    plan: plan.id,
    revision: plan.source.revision,
    estimateUsd: plan.summary.cost.estimateUsd,
    ...(note === '' ? {} : { note }),
  });
  return await log.finish('succeeded');
}

/** Approvals of the plan as a whole that hold: none from before it was rejected as a whole. */
export async function readApprovals(
  state: StateBackend,
  plan: Pick<Plan, 'id' | 'digest'>,
  signal?: AbortSignal,
): Promise<readonly Approval[]> {
  return holding(await readDecisions(state, plan, signal)).filter(({ actors }) => actors === undefined);
}

/**
 * All that people said of exactly this plan, in order of time; a record for another digest (an edited plan of the same id) counts for
 * nothing.
 */
export async function readDecisions(
  state: StateBackend,
  plan: Pick<Plan, 'id' | 'digest'>,
  signal?: AbortSignal,
): Promise<readonly Approval[]> {
  const stored = await state.read<ApprovalRecord>(approvalPath(plan.id), signal);
  return stored === undefined || stored.value.digest !== plan.digest ? [] : stored.value.approvals;
}

/** Names of the guards that people have lifted for exactly this plan. */
export async function liftedGuards(
  state: StateBackend,
  plan: Pick<Plan, 'id' | 'digest'>,
  signal?: AbortSignal,
): Promise<string[]> {
  return [...new Set(holding(await readDecisions(state, plan, signal)).flatMap(({ guards }) => guards))];
}

/** Approvals, of the whole plan or of some actors, since the plan was last rejected as a whole. */
function holding(decisions: readonly Approval[]): Approval[] {
  const rejected = decisions.findLastIndex(
    ({ verdict, actors }) => verdict === 'rejected' && actors === undefined,
  );
  return decisions.slice(rejected + 1).filter(({ verdict }) => verdict === undefined);
}

function checkGuardNames(plan: Plan, names: readonly string[]): string[] {
  const denied = plan.guards.filter(({ result }) => result === 'deny').map(({ name }) => name);
  for (const name of names) {
    if (name === 'price') {
      throw new CallsheetError(
        'invalid-input',
        'nobody can lift "price": it is not known what would be spent',
        {
          hint: 'Write spec.generator.priceUsd in the Library and plan again.',
        },
      );
    }
    if (denied.includes(name)) continue;
    const near = suggest(name, denied);
    throw new CallsheetError('invalid-input', `no guard "${name}" denies plan ${plan.id}`, {
      hint:
        denied.length === 0
          ? 'No guard denies it: approve it without --guard.'
          : `Denied by: ${denied.join(', ')}.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    });
  }
  return [...new Set(names)];
}

/** What to do in place of deciding on a plan that was used up. */
export const DECIDE_ANEW = 'Make a new plan, and approve that.';

/** @throws CallsheetError `not-found` for an actor that the plan does not have. */
export function refuseOtherActors(plan: Plan, actors: readonly string[] | undefined): void {
  const known = new Set(plan.actors.map(({ actor }) => actor));
  const other = actors?.find((actor) => !known.has(actor));
  if (other === undefined) return;
  throw new CallsheetError('not-found', `plan ${plan.id} has no actor "${other}"`);
}

/** Adds what somebody said of exactly this plan, and leaves word of it. */
export async function decide(
  workspace: Workspace,
  plan: Plan,
  approval: Approval,
  signal?: AbortSignal,
): Promise<void> {
  await appendDecision(workspace.state, plan, approval, signal);
  const { verdict = 'approved', by, guards, actors, reason } = approval;
  await leaveDecision(workspace, {
    type: 'plan-decided',
    plan: plan.id,
    verdict,
    by,
    ...(guards.length === 0 ? {} : { guards }),
    ...(actors === undefined ? {} : { actors: actors.length }),
    ...(reason === undefined ? {} : { reason }),
  });
}

async function appendDecision(
  state: StateBackend,
  plan: Plan,
  approval: Approval,
  signal?: AbortSignal,
): Promise<void> {
  const path = approvalPath(plan.id);
  for (let attempt = 1; ; attempt += 1) {
    const stored = await state.read<ApprovalRecord>(path, signal);
    const before = stored?.value.digest === plan.digest ? stored.value.approvals : [];
    const record: ApprovalRecord = {
      formatVersion: '1.0',
      plan: plan.id,
      digest: plan.digest,
      approvals: [...before, approval],
    };
    try {
      await state.write(path, record, stored === undefined ? 'absent' : { version: stored.version }, signal);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isCallsheetError(error, 'precondition-failed')) throw error;
    }
  }
}
