import { relative } from 'node:path';
import { hasChanges, type Plan } from '../plan/plan.ts';
import { keepPlan, planPath } from '../usecases/plan-files.ts';
import { escapeText } from '../views/escape.ts';
import type { Workspace } from '../workspace.ts';
import type { Call } from './command.ts';

/** Keeps a plan in state and, where one is named, in a file. Returns the place to show: the file's path, or the document's URL. */
export async function savePlan<Options>(
  call: Call<Options>,
  workspace: Workspace,
  plan: Plan,
  out: string | undefined,
): Promise<string> {
  const { renderPlanMarkdown } = await import('../views/plan-markdown.ts');
  await keepPlan(workspace, plan, renderPlanMarkdown(plan, markdownOptions(plan)));
  if (out === undefined) return placeOf(`${workspace.state.url}${planPath(plan.id)}`, call.terminal.cwd);
  const { writePlanFile } = await import('./plan-file.ts');
  return await writePlanFile(call.terminal.cwd, out, plan);
}

/** A document's URL; a file below the current folder as a path that can be typed. */
function placeOf(url: string, cwd: string): string {
  if (!url.startsWith('file://')) return url;
  const path = url.slice('file://'.length);
  const near = relative(cwd, path);
  return near.startsWith('..') ? path : near;
}

/** Shows a plan as the result, or as part of it. */
export async function showPlan<Options>(
  call: Call<Options>,
  plan: Plan,
  place: string | undefined,
): Promise<void> {
  const { output, palette, width, options } = call;
  const { renderPlanText } = await import('../views/plan-text.ts');
  output.result({ type: 'plan', plan, ...(place === undefined ? {} : { place }) }, () => {
    return renderPlanText(plan, { palette, width, verbose: options.verbose === true });
  });
}

/** How a plan is rendered for a comment when nobody says more: the marker is the same for every plan, so that the next one replaces it. */
export function markdownOptions(plan: Plan): { readonly key: string; readonly whole: string } {
  return { key: 'callsheet', whole: `\`callsheet show ${plan.id}\`` };
}

/** Where the plan is, and the command that applies it. */
export function nextStep(
  { options, palette }: Call<unknown>,
  plan: Plan,
  place: string,
  out: string | undefined,
): string {
  const flags = [
    options.specs === 'specs' ? '' : ` --specs ${escapeText(options.specs)}`,
    options.root === undefined ? '' : ` --root ${escapeText(options.root)}`,
  ];
  const command = `callsheet apply ${escapeText(out ?? plan.id)}${flags.join('')}`;
  return `Plan: ${escapeText(place)}${hasChanges(plan) ? `\nApply exactly this plan with: ${palette.bold(command)}` : ''}`;
}
