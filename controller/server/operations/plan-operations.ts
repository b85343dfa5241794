import type { Plan } from '../../plan/plan.ts';
import type { StateBackend } from '../../state-backend/state-backend.ts';
import { approvePlan } from '../../usecases/approve-plan.ts';
import { type RejectRequest, readDecision, rejectPlan } from '../../usecases/decide-plan.ts';
import { loadPlan } from '../../usecases/plan-files.ts';
import { readUse } from '../../usecases/plan-use.ts';
import type { Workspace } from '../../workspace.ts';
import { onBehalf } from '../on-behalf.ts';
import type { ApiCall, Reply } from './operation.ts';

/** Plans never change, so that what a list says of one is kept. */
const SUMMARIES_KEPT = 500;
const summaries = new WeakMap<object, Map<string, unknown>>();

export async function listPlans({ context, input, signal }: ApiCall): Promise<Reply> {
  const { limit, before } = input as { limit: number; before?: string };
  return await context.library.use(async ({ state }) => {
    const ids = (await planIds(state, signal)).filter((id) => before === undefined || id < before);
    const page = ids.slice(0, limit);
    const items = [];
    for (const id of page) {
      const summary = await summaryOf(context, state, id, signal);
      if (summary !== undefined) items.push({ ...summary, ...(await usedBy(state, id, signal)) });
    }
    const last = page.at(-1);
    return { json: { items, ...(ids.length > limit && last !== undefined ? { next: last } : {}) } };
  });
}

export async function getPlan({ context, input, signal }: ApiCall): Promise<Reply> {
  return await context.library.use(async (workspace) => ({
    json: await loadPlan(workspace, String(input.plan), signal),
  }));
}

/** The newest first: ids begin with their time. */
async function planIds(state: StateBackend, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  for await (const path of state.list('plans/', signal)) {
    const id = /^plans\/([^/.]+)\.json$/.exec(path)?.[1];
    if (id !== undefined) ids.push(id);
  }
  return ids.sort().reverse();
}

async function summaryOf(
  owner: object,
  state: StateBackend,
  id: string,
  signal: AbortSignal,
): Promise<object | undefined> {
  const known = summaries.get(owner) ?? new Map<string, unknown>();
  summaries.set(owner, known);
  const found = known.get(id);
  if (found !== undefined) return found as object;
  const stored = await state.read<Plan>(`plans/${id}.json`, signal);
  if (stored === undefined) return undefined;
  const made = planSummary(stored.value);
  if (known.size >= SUMMARIES_KEPT) known.delete(known.keys().next().value!);
  known.set(id, made);
  return made;
}

/** A plan as lists show it. */
export function planSummary({ id, createdAt, digest, source, summary, guards }: Plan): object {
  const { revision, specDigest } = source;
  return { id, createdAt, digest, revision, specDigest, summary, guards };
}

async function usedBy(state: StateBackend, id: string, signal: AbortSignal): Promise<{ usedBy?: string }> {
  const use = await readUse(state, id, signal);
  return use === undefined ? {} : { usedBy: use.run };
}

export async function getDecision({ context, input, signal }: ApiCall): Promise<Reply> {
  return await context.library.use(async (workspace) => {
    const plan = await loadPlan(workspace, String(input.plan), signal);
    return { json: await readDecision(workspace.state, plan, signal) };
  });
}

export async function approve({ context, identity, input, body }: ApiCall): Promise<Reply> {
  const {
    actors,
    guards = [],
    reason,
  } = body as { actors?: readonly string[]; guards?: readonly string[]; reason?: string };
  const request = {
    guards,
    ...(actors === undefined ? {} : { actors }),
    ...(reason === undefined ? {} : { reason }),
  };
  return await decide(context, identity.who, String(input.plan), (workspace, plan) =>
    approvePlan(workspace, plan, request),
  );
}

export async function reject({ context, identity, input, body }: ApiCall): Promise<Reply> {
  const request = body as RejectRequest;
  return await decide(context, identity.who, String(input.plan), (workspace, plan) =>
    rejectPlan(workspace, plan, request),
  );
}

async function decide(
  { library, api }: ApiCall['context'],
  who: string,
  id: string,
  decision: (workspace: Workspace, plan: Plan) => Promise<unknown>,
): Promise<Reply> {
  const made = await library.use(async (workspace) => {
    const plan = await loadPlan(workspace, id);
    await decision(onBehalf(workspace, who), plan);
    return await readDecision(workspace.state, plan);
  });
  await api.pokeState();
  return { json: made };
}
