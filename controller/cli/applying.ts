import { type Plan, pendingActions } from '../plan/plan.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { ApplyOptions } from '../usecases/apply-plan.ts';
import { countOf, formatUsd } from '../views/text.ts';
import type { Workspace } from '../workspace.ts';
import type { Call } from './command.ts';
import { confirmed } from './confirm.ts';
import { EXIT } from './exit-codes.ts';

/** Applies a plan and shows what came of it. */
export async function applyAndShow<Options>(
  call: Call<Options>,
  workspace: Workspace,
  plan: Plan,
  apply: ApplyOptions,
): Promise<number> {
  const { output, palette, width, options, terminal } = call;
  const { applyPlan } = await import('../usecases/apply-plan.ts');
  const first = plan.actors.find((actor) => pendingActions(actor).length > 0);
  if (first !== undefined) {
    const { requireWritableActor } = await import('../usecases/require-usable.ts');
    await requireWritableActor(workspace, first, terminal.signal);
  }
  const run: RunRecord = await applyPlan(workspace, plan, apply, terminal.signal);
  const { renderRun } = await import('../views/run-view.ts');
  output.result({ type: 'run', run }, () =>
    renderRun(run, { palette, width, verbose: options.verbose === true }),
  );
  return run.status === 'succeeded' ? EXIT.ok : EXIT.error;
}

/** Asks whether a plan that has just been shown is to be applied. */
export async function approved<Options extends { readonly autoApprove?: boolean }>(
  call: Call<Options>,
  plan: Plan,
): Promise<boolean> {
  if (call.options.autoApprove === true) return true;
  const { generate, delete: deletes, cost } = plan.summary;
  const what = `${countOf(deletes, 'image')} deleted (to the trash), ${countOf(generate, 'image')} generated, cost ${formatUsd(cost.estimateUsd)}`;
  const yes = await confirmed(call.terminal, { text: `Apply this plan? ${what}.`, option: '--auto-approve' });
  if (!yes) call.output.note('Nothing was changed. The plan is kept.', true);
  return yes;
}
