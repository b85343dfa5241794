import { isCallsheetError } from '../diagnostics/errors.ts';
import type { RunRecord } from '../records/run-record.ts';
import { ageOfId } from '../runtime/ids.ts';
import { planPath } from '../usecases/plan-files.ts';
import type { Workspace } from '../workspace.ts';

/** Documents that one call removes at most: housekeeping must not keep the state busy. */
const STEP = 500;

/**
 * Removes records of runs that are older than `spec.history.retention`, and what there is of plans that are: their files, approvals, and
 * the marks that they were used up. A few at a time, the oldest first. What is in use stays, and so does a run that may still go on, with
 * its plan.
 *
 * @param inUse ids of plans.
 * @returns how many documents are gone.
 */
export async function pruneHistory(
  { state, clock, settings }: Workspace,
  inUse: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<number> {
  const isOld = (id: string) => (ageOfId(id, clock.now()) ?? 0) > settings.history.retentionMs;
  const gone: string[] = [];
  const running = new Set<string>();
  for await (const path of state.list('runs/', signal)) {
    if (gone.length >= STEP) break;
    if (!isOld(idIn(path))) continue;
    const run = (await state.read<RunRecord>(path, signal))?.value;
    if (run?.status !== 'running') gone.push(path);
    else if (run.plan !== undefined) running.add(run.plan);
  }
  for await (const path of state.list('plans/', signal)) {
    if (gone.length >= STEP) break;
    const id = idIn(path);
    if (isOld(id) && !inUse.has(id) && !running.has(id)) gone.push(...documentsOf(path));
  }
  for (const path of new Set(gone)) {
    signal?.throwIfAborted();
    await state.remove(path, undefined, signal).catch((error: unknown) => {
      if (!isCallsheetError(error, 'not-found')) throw error;
    });
  }
  return new Set(gone).size;
}

/** What belongs to the plan; its Markdown, which is no document, is not listed by every backend. */
function documentsOf(path: string): string[] {
  return path === planPath(idIn(path)) ? [path, path.replace(/\.json$/, '.md')] : [path];
}

/** `plans/plan-20261122T184510Z-4f2a9c1.applied.json`: the id is what stands before the first dot. */
function idIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).split('.')[0]!;
}
