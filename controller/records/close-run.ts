import { isCallsheetError } from '../diagnostics/errors.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { RunRecord } from './run-record.ts';

/**
 * Ends the record of a run whose process was cut off, once somebody settles what it left open: nobody else will ever write to it, and it
 * would say `running` for good. Returns the record as it was.
 */
export async function closeCutOffRun(
  state: StateBackend,
  run: string,
  nowMs: number,
): Promise<RunRecord | undefined> {
  return await closeIfRunning(state, `runs/${run}.json`, nowMs);
}

/**
 * Ends the records of applies and rollbacks that were cut off before they had opened anything to settle. To be called under the lease
 * that every one of them holds for as long as it lives. Looks back no further than the last that ended.
 */
export async function closeCutOffRuns(state: StateBackend, nowMs: number): Promise<void> {
  const paths: string[] = [];
  for await (const path of state.list('runs/')) paths.push(path);
  // Ids begin with the time, so that the newest come first.
  for (const path of paths.sort().reverse()) {
    const run = await closeIfRunning(state, path, nowMs);
    if (run !== undefined && exclusive(run) && run.status !== 'running') return;
  }
}

function exclusive({ kind }: RunRecord): boolean {
  return kind === 'apply' || kind === 'rollback';
}

/** Returns the record as it was. */
async function closeIfRunning(
  state: StateBackend,
  path: string,
  nowMs: number,
): Promise<RunRecord | undefined> {
  const stored = await state.read<RunRecord>(path);
  if (stored?.value.status !== 'running' || !exclusive(stored.value)) return stored?.value;
  const finishedAt = new Date(nowMs).toISOString();
  try {
    await state.write(
      path,
      { ...stored.value, status: 'interrupted', finishedAt },
      { version: stored.version },
    );
  } catch (error) {
    // Another actor's settlement was quicker, or the run goes on after all and has the last word.
    if (!isCallsheetError(error, 'precondition-failed')) throw error;
  }
  return stored.value;
}
