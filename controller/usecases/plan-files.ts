import { CallsheetError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Plan } from '../plan/plan.ts';
import { checkPlan, planChunks } from '../plan/plan-file.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

interface HasState {
  readonly state: StateBackend;
}

export function planPath(id: string): string {
  return `plans/${id}.json`;
}

/** Keeps a plan in state, with its Markdown beside it for people. Keeping the same plan again changes nothing. */
export async function keepPlan(
  { state }: HasState,
  plan: Plan,
  markdown: string,
  signal?: AbortSignal,
): Promise<void> {
  await state.writeText(planPath(plan.id), () => planChunks(plan), signal);
  await state.writeBlob(
    `plans/${plan.id}.md`,
    new TextEncoder().encode(markdown),
    'text/markdown; charset=utf-8',
    signal,
  );
}

/**
 * A plan that was kept, by its id; `latest` is the newest.
 *
 * @throws CallsheetError `not-found`, with the nearest id; or as `checkPlan`.
 */
export async function loadPlan({ state }: HasState, id: string, signal?: AbortSignal): Promise<Plan> {
  const ids = await planIds(state, signal);
  const wanted = id === 'latest' ? ids.at(-1) : id;
  const stored =
    wanted === undefined || !ids.includes(wanted)
      ? undefined
      : await state.read<unknown>(planPath(wanted), signal);
  if (stored !== undefined) return checkPlan(stored.value, `plan ${wanted}`);
  const near = suggest(id, ids);
  throw new CallsheetError(
    'not-found',
    id === 'latest' ? 'no plan has been made yet' : `there is no plan "${id}"`,
    {
      hint:
        near === undefined
          ? 'Make one with "callsheet plan", or give the path of a plan file.'
          : `Did you mean "${near}"?`,
    },
  );
}

/** Ids of the plans in state, the oldest first: they begin with their time. */
async function planIds(state: StateBackend, signal?: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  for await (const path of state.list('plans/', signal)) {
    const id = /^plans\/([^/.]+)\.json$/.exec(path)?.[1];
    if (id !== undefined) ids.push(id);
  }
  return ids.sort();
}
