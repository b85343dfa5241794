import { loadPlan } from '../../usecases/plan-files.ts';
import { loadPlanThumbnails } from '../../usecases/plan-thumbnails.ts';
import { renderPlanHtml } from '../../views/plan-html.ts';
import type { Workspace } from '../../workspace.ts';

const PICTURE_BYTES = 10_000_000;

/** The report of a plan as pull requests get it: one file that needs nothing else. @throws CallsheetError `not-found`. */
export async function planHtmlOf(workspace: Workspace, id: string, signal?: AbortSignal): Promise<string> {
  const plan = await loadPlan(workspace, id, signal);
  const thumbnails = await loadPlanThumbnails(workspace, plan, PICTURE_BYTES, signal);
  return renderPlanHtml(plan, { thumbnails });
}
