import pMap from 'p-map';
import { isCallsheetError } from '../diagnostics/errors.ts';
import { parseLocation } from '../library/location.ts';
import { readActor, readTrainingManifest } from '../observe/actor-files.ts';
import type { DeleteStep, GenerateStep, Journal } from '../records/journal.ts';
import type { ActionOutcome } from '../records/run-record.ts';
import { type ActorSession, withoutSettledJournal } from './actor-session.ts';
import type { Applying } from './applying.ts';
import { dropAndRemove, removeOriginal, withdrawTrash } from './delete-steps.ts';
import { enterPictures } from './generate-images.ts';
import { carryOn } from './generate-step.ts';
import { type Generation, paidCall } from './generation-order.ts';
import { removeObject } from './trash-bin.ts';

/**
 * Brings a run that was cut off to a clean end, before anything else is done to the actor: what was paid for is fetched, looked at and
 * entered; a delete that had left the manifest is finished, one that had not is taken back. Nothing new is ordered.
 *
 * Throws, with the journal kept, when it cannot be told yet (the provider does not answer).
 */
export async function settleJournal(
  applying: Applying,
  session: ActorSession,
  journal: Journal,
  signal?: AbortSignal,
): Promise<ActionOutcome[]> {
  const generated = journal.steps.filter((step) => step.kind === 'generate');
  const deleted = journal.steps.filter((step) => step.kind === 'delete');
  const outcomes = [
    ...(await settleGenerated(applying, session, generated, signal)),
    ...(await settleDeleted(applying, session, deleted, signal)),
  ];
  await session.save(withoutSettledJournal);
  return outcomes;
}

async function settleGenerated(
  applying: Applying,
  session: ActorSession,
  steps: readonly GenerateStep[],
  signal?: AbortSignal,
): Promise<ActionOutcome[]> {
  if (steps.length === 0) return [];
  const { stores, layout } = applying.observing;
  const [actor, { manifest }] = await Promise.all([
    readActor(stores, layout, session.actor, signal),
    readTrainingManifest(stores, layout, session.actor, signal),
  ]);
  const digests = manifest.entries.map(({ image }) =>
    image === undefined ? undefined : session.record.objects[image]?.digest,
  );
  const generation: Generation = {
    applying,
    session,
    actor,
    signal,
    style: manifest.style,
    // The minimum of the interrupted run is not known any more; a picture below today's is found by the next plan.
    qualityMinimum: undefined,
    present: new Set(digests.filter((digest) => digest !== undefined)),
  };
  const settled = await pMap(
    steps,
    async (step) => {
      await settleMoney(generation, step);
      await removeRejected(generation, step);
      return await settleStep(generation, step);
    },
    { concurrency: applying.generations, stopOnError: false },
  ).catch((error: unknown) => {
    // One reason is enough to say why the journal stays open.
    throw error instanceof AggregateError ? error.errors[0] : error;
  });
  return await enterPictures(generation, settled);
}

async function settleStep(generation: Generation, step: GenerateStep): Promise<GenerateStep> {
  try {
    return await carryOn(generation, step);
  } catch (error) {
    // The order came to its end, without a picture, when there was no credit. There may be some today.
    const now = generation.session.journal?.steps.find((other) => other.action.id === step.action.id);
    if (isCallsheetError(error, 'quota') && now?.kind === 'generate' && now.stage === 'failed') return now;
    throw error;
  }
}

/** Closes the account of a step that was cut off after its end was written down and before the ledger was. Harmless when it was not. */
async function settleMoney({ applying, session }: Generation, step: GenerateStep): Promise<void> {
  const { generator, ledger } = applying;
  const call = paidCall(session, step.action, step.attempt);
  const { stage, rejected } = step;
  if (stage === 'stored' || stage === 'verified' || stage === 'done') {
    await ledger.settle(call, generator.priceUsd ?? 0);
  } else if (stage === 'rejected' || stage === 'failed') {
    const last = rejected.at(-1);
    const paidUsd = last?.attempt === step.attempt ? last.costUsd : 0;
    await (paidUsd > 0 ? ledger.settle(call, paidUsd) : ledger.release(call));
  }
}

/** A rejected picture is in the trash; its object may not be gone yet. */
async function removeRejected(
  { applying, signal }: Generation,
  { stage, stored }: GenerateStep,
): Promise<void> {
  if (stored === undefined || (stage !== 'rejected' && stage !== 'failed')) return;
  await removeObject(applying, stored.image, signal);
}

async function settleDeleted(
  applying: Applying,
  session: ActorSession,
  steps: readonly DeleteStep[],
  signal?: AbortSignal,
): Promise<ActionOutcome[]> {
  const outcomes: ActionOutcome[] = [];
  for (const step of steps) {
    const end = await settleDelete(applying, session, step, signal);
    const { id, image, digest, category } = step.action;
    const done = end.stage === 'done';
    outcomes.push({
      id,
      kind: 'delete',
      outcome: done ? 'done' : 'skipped',
      image,
      digest,
      category,
      ...(done ? { trashId: step.trashId } : { message: 'the run was cut off before it; it stays' }),
    });
  }
  return outcomes;
}

async function settleDelete(
  applying: Applying,
  session: ActorSession,
  step: DeleteStep,
  signal?: AbortSignal,
): Promise<DeleteStep> {
  if (step.stage === 'dropped') return await removeOriginal(applying, session, step, signal);
  if (step.stage === 'intended' || step.stage === 'trashed') {
    const { stores, layout } = applying.observing;
    const { manifest } = await readTrainingManifest(stores, layout, session.actor, signal);
    const stillThere = manifest.entries.some(({ image }) => image === step.action.image);
    // The manifest was written, but the process died before it could say so.
    if (!stillThere && step.stage === 'trashed')
      return (await dropAndRemove(applying, session, [step], signal))[0]!;
    const { store, key } = await stores.at(parseLocation(step.action.image, layout.root));
    await store.head(key, signal);
    await withdrawTrash(applying, session, step, signal);
    return { ...step, stage: 'skipped' };
  }
  return step;
}
