import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { Workspace } from '../workspace.ts';
import { RunLog } from './run-log.ts';

/** What people said of one plan: `state/plans/<id>.approval.json`. Only grows. */
export interface ApprovalRecord {
  readonly formatVersion: '1.0';
  readonly plan: string;
  /** The plan's own digest: an approval holds for exactly this plan. */
  readonly digest: string;
  /** In order of time. */
  readonly approvals: readonly Approval[];
}

export interface Approval {
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
  /** Guards that are lifted for this plan. */
  readonly guards: readonly string[];
  readonly reason?: string;
}

export interface ApproveRequest {
  readonly guards: readonly string[];
  /** Why; needed to lift a guard. */
  readonly reason?: string;
  /** Whoever is not at the keyboard: the person behind a button in a pipeline. */
  readonly by?: string;
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
  await refuseUsed(workspace.state, plan);
  const by = request.by ?? workspace.who;
  const at = new Date(workspace.clock.now()).toISOString();
  await append(workspace.state, plan, { by, at, guards, ...(reason === '' ? {} : { reason }) }, signal);
  const lifted = guards.length === 0 ? '' : `lifted ${guards.join(', ')}`;
  const behind = request.by === undefined ? '' : `for ${request.by}`;
  const note = [lifted, behind, reason].filter((part) => part !== '').join(': ');
  const log = await RunLog.open(workspace, {
    kind: 'approve',
    plan: plan.id,
    revision: plan.source.revision,
    estimateUsd: plan.summary.cost.estimateUsd,
    ...(note === '' ? {} : { note }),
  });
  return await log.finish('succeeded');
}

/** What people said of exactly this plan; a record for another digest (an edited plan of the same id) counts for nothing. */
export async function readApprovals(
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
  return [...new Set((await readApprovals(state, plan, signal)).flatMap(({ guards }) => guards))];
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

async function refuseUsed(state: StateBackend, plan: Plan): Promise<void> {
  const used = await state.read<{ run: string; at: string }>(`plans/${plan.id}.applied.json`);
  if (used === undefined) return;
  throw new CallsheetError(
    'stale',
    `plan ${plan.id} was used up by run ${used.value.run} at ${used.value.at}`,
    {
      hint: 'Make a new plan, and approve that.',
    },
  );
}

async function append(
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
