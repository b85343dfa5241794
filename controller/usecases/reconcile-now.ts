import { isWaiting, leaveRequest } from '../reconcile/requests.ts';
import { timeId } from '../runtime/ids.ts';
import type { Workspace } from '../workspace.ts';
import { leaderOf } from './leader.ts';
import { selectActors } from './select-actors.ts';

/** `nobody`: no controller leads. `left`: the request waits. `taken`: the controller has it. */
export type Asked = { readonly kind: 'nobody' } | { readonly kind: 'left' | 'taken'; readonly by: string };

export interface AskOptions {
  /** How long to wait for the request to be taken up; 0: not at all. */
  readonly waitMs: number;
  /** Tells the controller that there is something. */
  readonly wake?: () => Promise<unknown>;
  /** Leaves the request also where nobody leads: for the one that the caller is about to start. */
  readonly forNext?: boolean;
}

const LOOK_AGAIN_MS = 500;

/**
 * Leaves a request in state for the controller that leads.
 *
 * @throws CallsheetError `not-found` for an unknown actor.
 */
export async function askController(
  workspace: Workspace,
  actors: readonly string[] | undefined,
  { waitMs, wake, forNext = false }: AskOptions,
  signal?: AbortSignal,
): Promise<Asked> {
  const { state, clock, random, who } = workspace;
  if (actors !== undefined) await selectActors(workspace, { actors }, signal);
  const by = await leader(workspace, signal);
  if (by === undefined && !forNext) return { kind: 'nobody' };
  const token = timeId('request', clock.now(), random);
  const about = actors === undefined ? {} : { actors };
  await leaveRequest(state, { token, ...about, by: who, at: new Date(clock.now()).toISOString() }, signal);
  if (by === undefined) return { kind: 'nobody' };
  await wake?.();
  const endMs = clock.now() + waitMs;
  while (clock.now() < endMs) {
    if (!(await isWaiting(state, token, signal))) return { kind: 'taken', by };
    // It was killed: its lease has ended by now.
    if ((await leader(workspace, signal)) === undefined) return { kind: 'nobody' };
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }
  return { kind: 'left', by };
}

/** The controller that leads, for people. */
async function leader(workspace: Workspace, signal?: AbortSignal): Promise<string | undefined> {
  const holder = await leaderOf(workspace, signal);
  return holder === undefined ? undefined : `process ${holder.pid} on ${holder.host}`;
}
