import { readHistory, readRun, sumCosts } from '../../usecases/read-history.ts';
import type { ApiCall, Reply } from './operation.ts';

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

export async function getCosts({ context, input, signal }: ApiCall): Promise<Reply> {
  const { from, to } = input as { from?: string; to?: string };
  const range = {
    ...(from === undefined ? {} : { fromDay: from }),
    ...(to === undefined ? {} : { toDay: to }),
  };
  return await context.library.use(async (workspace) => ({ json: await sumCosts(workspace, range, signal) }));
}
