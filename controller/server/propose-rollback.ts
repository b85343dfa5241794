import { CallsheetError } from '../diagnostics/errors.ts';
import { hasChanges, type Plan } from '../plan/plan.ts';
import { keepPlan } from '../usecases/plan-files.ts';
import { planRunRollback } from '../usecases/plan-rollback.ts';
import { renderPlanMarkdown } from '../views/plan-markdown.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Makes the plan that undoes a run and keeps it, so that it is reviewed, approved and applied like any other. Nothing is undone by this.
 *
 * @throws CallsheetError `not-found` (no such run), `stale` (nothing of it is left to undo).
 */
export async function proposeRollback(workspace: Workspace, run: string): Promise<Plan> {
  const plan = await planRunRollback(workspace, run);
  if (!hasChanges(plan)) {
    throw new CallsheetError('stale', `nothing of the run "${run}" is left to undo`, {
      hint: 'What it did has been undone already, or is past its retention.',
    });
  }
  await keepMadePlan(workspace, plan);
  return plan;
}

/** Keeps a plan that was made here, with its report beside it. */
export async function keepMadePlan(workspace: Workspace, plan: Plan): Promise<void> {
  const markdown = renderPlanMarkdown(plan, { key: 'callsheet', whole: `\`callsheet show ${plan.id}\`` });
  await keepPlan(workspace, plan, markdown);
}
