import pMap from 'p-map';
import type { RunRecord } from '../records/run-record.ts';
import { type ActorStatus, summarizeActor } from '../status/actor-status.ts';
import { mergeStatus } from '../status/merge-status.ts';
import type { Survey } from '../status/revisions.ts';
import {
  type ActorStatusDocument,
  actorStatusPath,
  LIBRARY_STATUS_PATH,
  type LibraryStatusDocument,
} from '../status/status-document.ts';
import type { Workspace } from '../workspace.ts';
import { beginPass } from './library-pass.ts';
import { planActorLive } from './plan-actor-live.ts';
import { readHistory } from './read-history.ts';
import type { ActorSelection } from './select-actors.ts';

/** An actor's status and the runs that brought it there. */
export interface ActorStory {
  readonly status: ActorStatus;
  /** The newest first. */
  readonly runs: readonly RunRecord[];
}

/** How many of its last runs an actor is told with, by the command and by its page. */
export const RUNS_TOLD = 10;

/** How the library as a whole stood when a controller last looked; undefined when none ever has. */
export async function readLibraryStatus(
  { state }: Workspace,
  signal?: AbortSignal,
): Promise<LibraryStatusDocument | undefined> {
  return (await state.read<LibraryStatusDocument>(LIBRARY_STATUS_PATH, signal))?.value;
}

/** How the selected actors stand, sorted by id, from what is known already: nothing is evaluated, paid for or written. */
export async function readStatus(
  workspace: Workspace,
  selection: ActorSelection,
  signal?: AbortSignal,
): Promise<ActorStatus[]> {
  const { ids, workspace: pass } = await beginPass(workspace, selection, signal);
  const survey = await readLibraryStatus(workspace, signal);
  const types = selection.types ?? [];
  workspace.report({ type: 'phase-started', phase: 'observe', total: ids.length });
  const all = await pMap(ids, (id) => statusOf(pass, id, survey, signal), {
    concurrency: workspace.settings.limits.concurrency,
    stopOnError: true,
  });
  workspace.report({ type: 'phase-finished', phase: 'observe' });
  return all.filter(({ type }) => types.length === 0 || types.includes(type));
}

/** One actor in depth. @throws CallsheetError `not-found`. */
export async function tellStatus(
  workspace: Workspace,
  actor: string,
  signal?: AbortSignal,
): Promise<ActorStory> {
  const { workspace: pass } = await beginPass(workspace, { actors: [actor] }, signal);
  const survey = await readLibraryStatus(workspace, signal);
  const [status, runs] = await Promise.all([
    statusOf(pass, actor, survey, signal),
    readHistory(workspace, { actors: [actor], limit: RUNS_TOLD }, signal),
  ]);
  return { status, runs };
}

async function statusOf(
  workspace: Workspace,
  id: string,
  survey: Survey | undefined,
  signal?: AbortSignal,
): Promise<ActorStatus> {
  signal?.throwIfAborted();
  const [{ plan, view }, stored] = await Promise.all([
    planActorLive(workspace, id, 'read-only', signal),
    workspace.state.read<ActorStatusDocument>(actorStatusPath(id), signal),
  ]);
  return mergeStatus(summarizeActor(plan, view?.record.record.journal), stored?.value, survey);
}
