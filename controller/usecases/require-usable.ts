import { randomUUID } from 'node:crypto';
import { CallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { Location } from '../library/location.ts';
import type { ActorPlan } from '../plan/plan.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Sees that state can be written and read before any work is done whose result would be lost.
 *
 * @throws CallsheetError of the code that it failed with, and what to do.
 */
export async function requireUsableState(
  { state }: Pick<Workspace, 'state'>,
  signal?: AbortSignal,
): Promise<void> {
  const path = `probes/${randomUUID()}.json`;
  try {
    await state.write(path, { formatVersion: '1.0' }, undefined, signal);
    await state.read(path, signal);
    await state.remove(path, undefined, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw unusable(
      error,
      `The state at ${state.url} cannot be used.`,
      'Name a place that can be written in spec.state of the Library, or make this one writable.',
    );
  }
}

/** Sees, before anything is paid for, that the images and the manifest of an actor can be written. */
export async function requireWritableActor(
  { layout, stores }: Workspace,
  { actor }: ActorPlan,
  signal?: AbortSignal,
): Promise<void> {
  const places: (readonly [string, string, Location])[] = [
    ['spec.images', layout.images.text, layout.images.at(actor)],
    ['spec.manifests', layout.manifests.text, layout.manifests.at(actor)],
  ];
  for (const [field, url, location] of places) {
    const { store, key } = await stores.at(location);
    const probe = `${key.slice(0, key.lastIndexOf('/') + 1)}.callsheet-probe-${randomUUID()}`;
    const options = signal === undefined ? {} : { signal };
    try {
      await store.put(probe, Buffer.from('probe'), options);
      await store.delete(probe, options);
    } catch (error) {
      signal?.throwIfAborted();
      throw unusable(
        error,
        `${field} (${url}) cannot be written.`,
        'Make it writable: an apply adds and removes images there, and edits manifests. Nothing was changed or paid for.',
      );
    }
  }
}

function unusable(error: unknown, what: string, hint: string): CallsheetError {
  const { code, message } = toCallsheetError(error, 'unavailable');
  return new CallsheetError(code, `${what} ${message}`, { hint, cause: error });
}
