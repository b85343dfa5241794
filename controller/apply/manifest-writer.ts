import { isCallsheetError } from '../diagnostics/errors.ts';
import { editManifest, type ManifestEdit } from '../library/manifest-edit.ts';
import type { TrainingManifest } from '../library/training-manifest.ts';
import { type ReadManifest, readTrainingManifest } from '../observe/actor-files.ts';
import type { Observing } from '../observe/observing.ts';

export interface ManifestUpdate {
  readonly signal?: AbortSignal | undefined;
  /** Throws when the actor belongs to somebody else by now; asked right before the write. For writers that have to hold it. */
  readonly assertHeld?: () => void;
}

/**
 * Changes an actor's training manifest with compare-and-swap: `edit` is asked again whenever somebody else has written in between, and
 * may find that nothing is left to do (`undefined`).
 */
export async function updateManifest(
  { stores, layout }: Observing,
  actor: string,
  edit: (manifest: TrainingManifest, text: string | undefined) => ManifestEdit | undefined,
  { signal, assertHeld }: ManifestUpdate = {},
): Promise<ReadManifest> {
  for (let attempt = 1; ; attempt += 1) {
    const read = await readTrainingManifest(stores, layout, actor, signal);
    const change = edit(read.manifest, read.text);
    if (change === undefined || isEmpty(change)) return read;
    const text = editManifest(read.text, actor, change);
    const { store, key } = await stores.at(read.location);
    assertHeld?.();
    try {
      await store.put(key, new TextEncoder().encode(text), {
        contentType: 'application/json',
        onlyIf: read.onlyIf,
        ...(signal === undefined ? {} : { signal }),
      });
      return await readTrainingManifest(stores, layout, actor, signal);
    } catch (error) {
      if (attempt >= 10 || !isCallsheetError(error, 'precondition-failed')) throw error;
    }
  }
}

function isEmpty({ remove = [], pin = [], insert = [], append = [] }: ManifestEdit): boolean {
  return remove.length + pin.length + insert.length + append.length === 0;
}
