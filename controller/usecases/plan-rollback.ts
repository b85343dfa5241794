import { CallsheetError } from '../diagnostics/errors.ts';
import { type ActorView, observeActor } from '../observe/observe-actor.ts';
import { assemblePlan } from '../plan/assemble.ts';
import type { Plan } from '../plan/plan.ts';
import { planRollback, type RunEffects } from '../plan/rollback.ts';
import type { ActorRun, RunRecord } from '../records/run-record.ts';
import type { Workspace } from '../workspace.ts';
import { recoverActors } from './apply-plan.ts';
import { planHeader } from './plan-library.ts';
import { runPath } from './run-log.ts';

/**
 * Plans the undoing of a run. The plan is an ordinary one: reviewed, written to a file and applied like any other, and its own run can
 * be rolled back in turn. What a run did is read from the trash and the manifests first and from its record second, so that a run that
 * was killed can be undone too.
 *
 * @throws CallsheetError `not-found` for a run that nobody knows.
 */
export async function planRunRollback(
  workspace: Workspace,
  runId: string,
  signal?: AbortSignal,
): Promise<Plan> {
  const stored = await workspace.state.read<RunRecord>(runPath(runId), signal);
  if (stored === undefined) {
    throw new CallsheetError('not-found', `there is no run "${runId}"`, {
      hint: 'callsheet history lists the runs.',
    });
  }
  const run = stored.value;
  const actors = await touchedActors(workspace, run, signal);
  await recoverActors(workspace, actors, signal);
  workspace.report({ type: 'phase-started', phase: 'rollback', total: actors.length });
  const plans = [];
  for (const actor of actors) {
    const view = await observeActor(workspace.observing, actor, { mode: 'refresh' }, signal);
    plans.push(planRollback(effectsOf(run, view), view.observation));
  }
  workspace.report({ type: 'phase-finished', phase: 'rollback' });
  const changed = plans.filter((plan) => plan.actions.length > 0 || plan.notes.length > 0);
  return assemblePlan(planHeader(workspace, { actors, refresh: true }), changed, []);
}

/** Actors that the run was about: those in its record, and those of its plan in case it was killed before it could say. */
async function touchedActors({ state }: Workspace, run: RunRecord, signal?: AbortSignal): Promise<string[]> {
  const plan = run.plan === undefined ? undefined : await state.read<Plan>(`plans/${run.plan}.json`, signal);
  const planned = (plan?.value.actors ?? [])
    .filter((actor) => actor.actions.length > 0)
    .map((actor) => actor.actor);
  return [...new Set([...run.actors.map((actor) => actor.actor), ...planned])].sort();
}

function effectsOf(run: RunRecord, view: ActorView): RunEffects {
  const entries = view.manifest.manifest.entries.filter(
    (entry) => entry.run === run.id && entry.image !== undefined,
  );
  const outcomes = (run.actors.find((actor) => actor.actor === view.actor.id)?.actions ?? []).filter(isDone);
  return {
    run: run.id,
    generated: new Set(entries.filter((entry) => entry.generator !== undefined).map((entry) => entry.image!)),
    admitted: new Set(entries.filter((entry) => entry.generator === undefined).map((entry) => entry.image!)),
    restored: new Set(
      outcomes.flatMap(({ kind, image }) => (kind === 'restore' && image !== undefined ? [image] : [])),
    ),
    trashed: new Set(
      view.record.record.trash
        .filter((item) => item.run === run.id && item.reason !== 'verification-failed')
        .map(({ id }) => id),
    ),
    forgotten: outcomes.flatMap(({ image, dropped }) =>
      image === undefined ? [] : (dropped ?? []).map((entry) => ({ image, ...entry })),
    ),
  };
}

function isDone(outcome: ActorRun['actions'][number]): boolean {
  return outcome.outcome === 'done';
}
