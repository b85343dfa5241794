import type { RunRecord } from '../records/run-record.ts';
import type { ActorStatus } from '../status/actor-status.ts';
import { revisionsOf } from '../status/revisions.ts';
import type { ActorStatusDocument, LibraryStatusDocument } from '../status/status-document.ts';
import { readHistory } from '../usecases/read-history.ts';
import { RUNS_TOLD } from '../usecases/read-status.ts';
import { type ActorSelection, selectActors } from '../usecases/select-actors.ts';
import type { Workspace } from '../workspace.ts';
import { type ApiClient, findController } from './api-client.ts';

/** How things stand as the controller sees them, which knows what it waits for. */
export interface AskedStatus {
  /** Its URL. */
  readonly controller: string;
  readonly library?: LibraryStatusDocument;
  readonly actors: readonly ActorStatus[];
  /** The last ten runs, when one actor was asked for. */
  readonly runs?: readonly RunRecord[];
}

const PAGE = 1000;

/**
 * Asks the controller that runs; undefined when none does, or when it has nothing to tell yet.
 *
 * @throws CallsheetError `not-found` for an unknown actor.
 */
export async function askStatus(
  workspace: Workspace,
  env: Readonly<Record<string, string | undefined>>,
  actor: string | undefined,
  selection: ActorSelection,
  signal?: AbortSignal,
): Promise<AskedStatus | undefined> {
  const client = await findController(workspace, env, signal);
  if (client === undefined) return undefined;
  const { library } = await client.get<{ library?: LibraryStatusDocument }>('/status', signal);
  if (library === undefined) return undefined;
  const about = { controller: client.url, library };
  if (actor !== undefined) {
    await selectActors(workspace, { actors: [actor] }, signal);
    const document = await client.get<ActorStatusDocument>(`/actors/${encodeURIComponent(actor)}`, signal);
    const runs = await readHistory(workspace, { actors: [actor], limit: RUNS_TOLD }, signal);
    return { ...about, actors: [statusOf(document)], runs };
  }
  const wanted = new Set(await selectActors(workspace, selection, signal));
  const all = await allActors(client, selection.types ?? [], signal);
  return { ...about, actors: all.filter((status) => wanted.has(status.actor)) };
}

/** What a list tells of an actor is all that a status needs. */
type ActorLine = Pick<
  ActorStatusDocument,
  'actor' | 'name' | 'actorType' | 'distribution' | 'total' | 'conditions'
> &
  Partial<Pick<ActorStatusDocument, 'observedGeneration' | 'lastAttemptedRevision' | 'lastAppliedRevision'>>;

async function allActors(
  client: ApiClient,
  types: readonly string[],
  signal?: AbortSignal,
): Promise<ActorStatus[]> {
  const found: ActorStatus[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const query = new URLSearchParams([
      ['offset', String(offset)],
      ['limit', String(PAGE)],
      ...types.map((type) => ['type', type]),
    ]);
    const { total, items } = await client.get<{ total: number; items: readonly ActorLine[] }>(
      `/actors?${query}`,
      signal,
    );
    found.push(...items.map(statusOf));
    if (offset + PAGE >= total) return found;
  }
}

function statusOf(line: ActorLine): ActorStatus {
  const { actor, name, actorType, distribution, total, conditions, observedGeneration } = line;
  return {
    actor,
    ...(name === undefined ? {} : { name }),
    type: actorType,
    ...(distribution === undefined ? {} : { distribution }),
    total: { ...total, after: total.target },
    conditions,
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    // The controller has seen to what the survey tells.
    ...revisionsOf(line, undefined),
  };
}
