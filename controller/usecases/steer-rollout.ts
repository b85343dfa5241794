import { CallsheetError } from '../diagnostics/errors.ts';
import { abandonRollout, type Rollout, resumeRollout, rolloutPath } from '../reconcile/rollout.ts';
import type { RunRecord } from '../records/run-record.ts';
import { changeDocument } from '../state-backend/change-document.ts';
import type { Workspace } from '../workspace.ts';
import { RunLog } from './run-log.ts';

/**
 * Lets a rollout of the revision in force go on that was halted or given up, or gives it up.
 *
 * @throws CallsheetError `not-found` when this revision has no rollout that could.
 */
export async function steerRollout(
  workspace: Workspace,
  way: { readonly kind: 'resume' } | { readonly kind: 'suspend'; readonly reason: string },
  signal?: AbortSignal,
): Promise<RunRecord> {
  const { who, source } = workspace;
  const { revision } = source;
  let found: Rollout | undefined;
  await changeDocument<Rollout | undefined>(
    workspace.state,
    rolloutPath(revision),
    undefined,
    (rollout) => {
      if (rollout === undefined || !canBe(way.kind, rollout))
        throw nothingToSteer(way.kind, revision, rollout);
      found = way.kind === 'resume' ? resumeRollout(rollout, who) : abandonRollout(rollout, way.reason, who);
      return found;
    },
    signal,
  );
  const note = `rollout of ${revision} ${way.kind === 'resume' ? 'resumed' : `abandoned: ${way.reason}`}`;
  const log = await RunLog.open(workspace, { kind: way.kind, estimateUsd: 0, revision, note });
  return await log.finish('succeeded');
}

function canBe(kind: 'resume' | 'suspend', { state }: Rollout): boolean {
  return kind === 'resume'
    ? state === 'halted' || state === 'abandoned'
    : state === 'progressing' || state === 'halted';
}

function nothingToSteer(
  kind: 'resume' | 'suspend',
  revision: string,
  rollout: Rollout | undefined,
): CallsheetError {
  const state = rollout === undefined ? 'has no rollout' : `has a rollout that is ${rollout.state}`;
  return new CallsheetError('not-found', `revision ${revision} ${state}`, {
    hint:
      kind === 'resume'
        ? 'Only a rollout that was halted or abandoned can be resumed.'
        : 'Only a rollout in progress can be given up.',
  });
}
