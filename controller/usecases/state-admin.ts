import { CallsheetError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { ActorRecord } from '../records/actor-record.ts';
import type { LeaseHolder, Leases } from '../state-backend/lease.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

interface HasState {
  readonly state: StateBackend;
}

/** Names of the stored documents that begin with `prefix`, sorted. */
export async function listDocuments(
  { state }: HasState,
  prefix: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of state.list(prefix, signal)) paths.push(path);
  return paths.sort();
}

/** @throws CallsheetError `not-found`, with the nearest name. */
export async function readDocument(
  { state }: HasState,
  path: string,
  signal?: AbortSignal,
): Promise<unknown> {
  const stored = path.endsWith('.json') ? await state.read<unknown>(path, signal) : undefined;
  if (stored === undefined) throw await notThere(state, path, signal);
  return stored.value;
}

/**
 * Removes a stored document. What cannot be found out again (an actor's trash list, what people said of its images, an open journal) is
 * only removed with `force`.
 *
 * @throws CallsheetError `not-found`, `invalid-input` (would lose something), `precondition-failed` (it has just changed).
 */
export async function removeDocument(
  { state }: HasState,
  path: string,
  force: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const stored = path.endsWith('.json') ? await state.read<unknown>(path, signal) : undefined;
  if (stored === undefined) throw await notThere(state, path, signal);
  const losses = path.startsWith('actors/') ? lossesOf(stored.value as Partial<ActorRecord>) : [];
  if (losses.length > 0 && !force) {
    throw new CallsheetError('invalid-input', `removing ${path} would lose ${losses.join(', ')} for good`, {
      hint: 'Settle these first (callsheet apply, callsheet trash restore), or give --force.',
    });
  }
  await state.remove(path, { version: stored.version }, signal);
}

function lossesOf({ trash = [], judgements = {}, journal }: Partial<ActorRecord>): string[] {
  const judged = Object.keys(judgements).length;
  return [
    ...(journal === undefined ? [] : [`the journal of run ${journal.run}, which is not settled`]),
    ...(trash.length === 0 ? [] : [`the way back for ${trash.length} deleted image(s)`]),
    ...(judged === 0 ? [] : [`what people said of ${judged} image(s)`]),
  ];
}

/** Takes a lease from whoever holds it. Undefined when nobody does. @throws CallsheetError `not-found` for a name that was never leased. */
export async function unlock(
  { state, leases }: HasState & { readonly leases: Leases },
  name: string,
  signal?: AbortSignal,
): Promise<LeaseHolder | undefined> {
  if ((await leases.inspect(name, signal)) === undefined) {
    const names = (await listDocuments({ state }, 'leases/', signal)).map((path) =>
      path.slice('leases/'.length, -'.json'.length),
    );
    throw new CallsheetError('not-found', `there is no lease "${name}"`, {
      hint:
        names.length === 0
          ? 'Nobody has ever locked anything here.'
          : `Leases: ${names.slice(0, 20).join(', ')}.`,
    });
  }
  return await leases.forceUnlock(name, signal);
}

async function notThere(state: StateBackend, path: string, signal?: AbortSignal): Promise<CallsheetError> {
  const near = suggest(path, await listDocuments({ state }, '', signal));
  return new CallsheetError('not-found', `there is no document "${path}" in ${state.url}`, {
    hint: near === undefined ? 'See "callsheet state list".' : `Did you mean "${near}"?`,
  });
}
