import { toCallsheetError } from '../diagnostics/errors.ts';
import { writtenEntries } from '../library/manifest-edit.ts';
import type { ReadManifest } from '../observe/actor-files.ts';
import type { DeleteAction } from '../plan/plan.ts';
import type { TrashRecord } from '../records/actor-record.ts';
import type { DeleteStep } from '../records/journal.ts';
import type { ActionOutcome } from '../records/run-record.ts';
import type { ActorSession } from './actor-session.ts';
import type { Applying } from './applying.ts';
import { isFinal } from './generate-images.ts';
import { updateManifest } from './manifest-writer.ts';
import { whyObjectStays } from './object-stays.ts';
import { copyToTrash, removeObject } from './trash-bin.ts';

/**
 * Deletes images softly, each stage for all of them before the next: copy to the trash, drop from the manifest, remove the object. Cut
 * off anywhere, an image is in the set, or in the trash, or both; never in neither.
 */
export async function deleteImages(
  applying: Applying,
  session: ActorSession,
  actions: readonly DeleteAction[],
  signal?: AbortSignal,
): Promise<ActionOutcome[]> {
  if (actions.length === 0) return [];
  const manifest = await updateManifest(applying.observing, session.actor, () => undefined, { signal });
  const outcomes = new Map<string, ActionOutcome>();
  const steps: DeleteStep[] = [];
  for (const action of actions) {
    try {
      const step = await trashImage(applying, session, manifest, action, signal);
      if (step === undefined)
        outcomes.set(action.id, outcome(action, 'skipped', 'it is pinned or no longer in the manifest'));
      else steps.push(step);
    } catch (error) {
      signal?.throwIfAborted();
      const problem = toCallsheetError(error);
      // A disk that takes nothing any more is nobody's own trouble, and the next image would fare no better.
      if (isFinal(problem)) throw problem;
      outcomes.set(action.id, outcome(action, 'failed', problem.message));
    }
  }
  for (const step of await dropAndRemove(applying, session, steps, signal)) {
    outcomes.set(step.action.id, outcomeOf(step));
  }
  return actions.map((action) => outcomes.get(action.id)!);
}

/** Copies one image into the trash. `undefined`: it may not be deleted any more. */
async function trashImage(
  applying: Applying,
  session: ActorSession,
  { manifest, text = '' }: ReadManifest,
  action: DeleteAction,
  signal?: AbortSignal,
): Promise<DeleteStep | undefined> {
  const entry = manifest.entries.find(({ image }) => image === action.image);
  if (entry === undefined || entry.pinned) return undefined;
  const { raw, index } = entry;
  const written = writtenEntries(text)[index];
  const { image, digest, category, quality, reason } = action;
  const id = `${session.context.run}-${action.id}`;
  const intended: DeleteStep = { kind: 'delete', action, stage: 'intended', trashId: id };
  await session.saveStep(intended);
  const discarded = {
    ...{ id, image, digest, category, quality, reason, entry: raw, index },
    ...(written === undefined ? {} : { written }),
  };
  const trashed = await copyToTrash(applying, session.context, discarded, signal);
  const step: DeleteStep = { ...intended, stage: 'trashed' };
  await session.saveStep(step, (record) => ({ ...record, trash: withTrashed(record.trash, trashed) }));
  return step;
}

function withTrashed(trash: readonly TrashRecord[], item: TrashRecord): TrashRecord[] {
  return [...trash.filter((other) => other.id !== item.id), item];
}

/** Takes trashed images out of the manifest and then removes their objects. An image that was pinned meanwhile stays. */
export async function dropAndRemove(
  applying: Applying,
  session: ActorSession,
  steps: readonly DeleteStep[],
  signal?: AbortSignal,
): Promise<DeleteStep[]> {
  if (steps.length === 0) return [];
  const pinned = new Set<string>();
  await updateManifest(
    applying.observing,
    session.actor,
    (manifest) => {
      pinned.clear();
      const remove: number[] = [];
      for (const { action } of steps) {
        const entries = manifest.entries.filter(({ image }) => image === action.image);
        if (entries.some((entry) => entry.pinned)) pinned.add(action.id);
        else remove.push(...entries.map((entry) => entry.index));
      }
      return { remove };
    },
    { signal, assertHeld: session.assertHeld },
  );
  const dropped = steps.map(
    (step): DeleteStep => ({ ...step, stage: pinned.has(step.action.id) ? 'skipped' : 'dropped' }),
  );
  for (const step of dropped) await session.saveStep(step);
  const result: DeleteStep[] = [];
  for (const step of dropped) result.push(await removeOriginal(applying, session, step, signal));
  return result;
}

/** The last stage: of a dropped image its object, unless it is not the actor's alone; of one that stays its copy in the trash. */
export async function removeOriginal(
  applying: Applying,
  session: ActorSession,
  step: DeleteStep,
  signal?: AbortSignal,
): Promise<DeleteStep> {
  if (step.stage === 'skipped') {
    await withdrawTrash(applying, session, step, signal);
    return step;
  }
  const stays = await whyObjectStays(applying.observing, session.actor, step.action.image, signal);
  if (stays === undefined) {
    // Its next holder may have brought it back by now.
    session.assertHeld();
    await removeObject(applying, step.action.image, signal);
  }
  const done: DeleteStep = { ...step, stage: 'done', ...(stays === undefined ? {} : { stays }) };
  await session.saveStep(done, (record) => {
    const { [step.action.image]: _gone, ...objects } = record.objects;
    return { ...record, objects };
  });
  return done;
}

/** Undoes the copy into the trash of an image that stays in the set. */
export async function withdrawTrash(
  applying: Applying,
  session: ActorSession,
  step: DeleteStep,
  signal?: AbortSignal,
): Promise<void> {
  const item = session.record.trash.find(({ id }) => id === step.trashId);
  await session.saveStep({ ...step, stage: 'skipped' }, (record) => ({
    ...record,
    trash: record.trash.filter(({ id }) => id !== step.trashId),
  }));
  if (item !== undefined) await removeObject(applying, item.trashed, signal);
}

function outcomeOf({ stage, action, trashId, stays }: DeleteStep): ActionOutcome {
  if (stage === 'skipped') return outcome(action, 'skipped', 'it was pinned meanwhile');
  const message = stays === undefined ? undefined : `left the training set; its object stays: ${stays}`;
  return { ...outcome(action, 'done', message), trashId };
}

function outcome(action: DeleteAction, result: ActionOutcome['outcome'], message?: string): ActionOutcome {
  const { id, image, digest, category } = action;
  return {
    id,
    kind: 'delete',
    outcome: result,
    image,
    digest,
    category,
    ...(message === undefined ? {} : { message }),
  };
}
