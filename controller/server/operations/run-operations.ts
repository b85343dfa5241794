import { readHistory, readRun, sumCosts } from '../../usecases/read-history.ts';
import { onBehalf } from '../on-behalf.ts';
import { proposeRollback } from '../propose-rollback.ts';
import type { ApiCall, Reply } from './operation.ts';
import { planSummary } from './plan-operations.ts';

export async function listRuns({ context, input, signal }: ApiCall): Promise<Reply> {
  const { actor, limit } = input as { actor?: string; limit: number };
  const request = { limit, ...(actor === undefined ? {} : { actors: [actor] }) };
  return await context.library.use(async (workspace) => ({
    json: { items: await readHistory(workspace, request, signal) },
  }));
}

export async function getRun({ context, input, signal }: ApiCall): Promise<Reply> {
  return await context.library.use(async (workspace) => ({
    json: await readRun(workspace, String(input.run), signal),
  }));
}

/** The plan that undoes a run. Nothing is undone before somebody approves and applies it. */
export async function planRollback({ context, identity, input }: ApiCall): Promise<Reply> {
  const plan = await context.library.use((workspace) =>
    proposeRollback(onBehalf(workspace, identity.who), String(input.run)),
  );
  return { json: planSummary(plan) };
}

export async function getCosts({ context, input, signal }: ApiCall): Promise<Reply> {
  const { from, to } = input as { from?: string; to?: string };
  const range = {
    ...(from === undefined ? {} : { fromDay: from }),
    ...(to === undefined ? {} : { toDay: to }),
  };
  return await context.library.use(async (workspace) => ({ json: await sumCosts(workspace, range, signal) }));
}
