import { CallsheetError } from '../../diagnostics/errors.ts';
import { approvePlan } from '../../usecases/approve-plan.ts';
import { rejectPlan } from '../../usecases/decide-plan.ts';
import { loadPlan } from '../../usecases/plan-files.ts';
import type { Workspace } from '../../workspace.ts';
import { proposeRollback } from '../propose-rollback.ts';
import { asPerson, type Deciding, type Done, type Fields, textOf } from './decision.ts';
import type { NoticeCode, Undo } from './notices.ts';
import { path } from './parts.ts';
import { planIn, runIn } from './routes-plans.ts';

/** Approves a plan, whole or for the chosen actors, and lifts the guards that were ticked. */
export async function approve(deciding: Deciding): Promise<Done> {
  const { who, fields, c } = deciding;
  const [reason] = fields.reason ?? [];
  const chosen = chosenActors(fields);
  const request = {
    guards: fields.guard ?? [],
    ...(reason === undefined || reason.trim() === '' ? {} : { reason }),
    ...(chosen === undefined ? {} : { actors: chosen }),
  };
  const undo = {
    action: `${path`/plans/${planIn(c)}`}/reject`,
    fields: { reason: 'the approval is taken back' },
    ...(chosen === undefined ? {} : { actors: chosen }),
  };
  return await decidePlan(deciding, 'approved', undo, async (workspace, id) => {
    await approvePlan(asPerson(workspace, who), await loadPlan(workspace, id), request);
  });
}

export async function reject(deciding: Deciding): Promise<Done> {
  const { who, fields } = deciding;
  const chosen = chosenActors(fields);
  const request = {
    reason: textOf(fields, 'reason', 'a reason'),
    ...(chosen === undefined ? {} : { actors: chosen }),
  };
  return await decidePlan(deciding, 'plan-rejected', undefined, async (workspace, id) => {
    await rejectPlan(asPerson(workspace, who), await loadPlan(workspace, id), request);
  });
}

/** Makes the plan that undoes a run, and shows it: nothing is undone before somebody approves and applies it. */
export async function rollBack({ c, dashboard, who }: Deciding): Promise<Done> {
  const run = runIn(c);
  const plan = await dashboard.context.library.use((workspace) =>
    proposeRollback(asPerson(workspace, who), run),
  );
  await dashboard.board.refreshAfterChange();
  return { code: 'rollback-planned', to: path`/plans/${plan.id}` };
}

async function decidePlan(
  { c, dashboard: { context, board } }: Deciding,
  code: NoticeCode,
  undo: Undo | undefined,
  decide: (workspace: Workspace, plan: string) => Promise<void>,
): Promise<Done> {
  const plan = planIn(c);
  await context.library.use((workspace) => decide(workspace, plan));
  context.api.pokeState().catch(() => {});
  await board.refreshAfterChange();
  return { code, to: path`/plans/${plan}`, ...(undo === undefined ? {} : { undo }) };
}

/** Undefined: the whole plan is meant. */
function chosenActors(fields: Fields): readonly string[] | undefined {
  if (fields.scope?.[0] !== 'chosen') return undefined;
  const actors = fields.actor ?? [];
  if (actors.length === 0) {
    throw new CallsheetError('invalid-input', 'no actor is chosen', {
      hint: 'Go back, and tick the actors that you mean.',
    });
  }
  return actors;
}
