import { isWaiting, leaveRequest } from '../reconcile/requests.ts';
import { timeId } from '../runtime/ids.ts';
import type { Workspace } from '../workspace.ts';
import { selectActors } from './select-actors.ts';

/** `nobody`: no controller leads. `left`: the request waits. `taken`: the controller has it. */
export type Asked = { readonly kind: 'nobody' } | { readonly kind: 'left' | 'taken'; readonly by: string };

const LOOK_AGAIN_MS = 500;

/**
 * Leaves a request in state for the controller that leads.
 *
 * @param waitMs how long to wait for it to be taken up; 0: not at all. `wake`: tells the controller that there is something.
 * @throws CallsheetError `not-found` for an unknown actor.
 */
export async function askController(
  workspace: Workspace,
  actors: readonly string[] | undefined,
  { waitMs, wake }: { readonly waitMs: number; readonly wake?: () => Promise<unknown> },
  signal?: AbortSignal,
): Promise<Asked> {
  const { state, leases, clock, random, who } = workspace;
  if (actors !== undefined) await selectActors(workspace, { actors }, signal);
  const lease = await leases.inspect('controller', signal);
  const holder = lease?.holder;
  if (lease === undefined || holder === undefined || Date.parse(lease.expiresAt) < clock.now())
    return { kind: 'nobody' };
  const by = `process ${holder.pid} on ${holder.host}`;
  const token = timeId('request', clock.now(), random);
  const about = actors === undefined ? {} : { actors };
  await leaveRequest(state, { token, ...about, by: who, at: new Date(clock.now()).toISOString() }, signal);
  await wake?.();
  const endMs = clock.now() + waitMs;
  while (clock.now() < endMs) {
    if (!(await isWaiting(state, token, signal))) return { kind: 'taken', by };
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }
  return { kind: 'left', by };
}
