import { isCallsheetError } from '../diagnostics/errors.ts';
import type { GenerationState } from '../generator/generator.ts';
import { roundUsd } from '../plan/cost.ts';
import type { GenerateAction } from '../plan/plan.ts';
import type { ActorRecord } from '../records/actor-record.ts';
import type { GenerateStep, StoredPicture } from '../records/journal.ts';
import { learnVerdicts } from '../records/learn.ts';
import type { ActorSession } from './actor-session.ts';
import { type Generation, orderOf, paidCall } from './generation-order.ts';
import { readStored, storePicture } from './picture-storage.ts';
import { findOrder, neverArrived, placeOrder, withdraw } from './place-order.ts';
import { copyToTrash, removeObject } from './trash-bin.ts';
import { type Verification, verifyPicture } from './verify-picture.ts';

/** A step that no attempt of this run will carry further. */
function isSettled(step: GenerateStep): boolean {
  return step.stage === 'verified' || step.stage === 'done' || step.stage === 'failed';
}

/**
 * Has one picture made: tries the action's attempts in order until one is accepted. Ends `verified` or `failed`; the manifest is not
 * touched here. Throws when it cannot go on for now; the journal then says where it stands.
 */
export async function generatePicture(
  generation: Generation,
  action: GenerateAction,
  stopping: AbortSignal | undefined,
): Promise<GenerateStep> {
  let step: GenerateStep | undefined;
  for (let attempt = 0; attempt < action.attempts.length; attempt += 1) {
    if (attempt > 0 && stopping?.aborted === true) break;
    step = await placeOrder(generation, action, attempt, step);
    step = await carryOn(generation, step);
    if (isSettled(step)) return step;
  }
  const failed: GenerateStep = { ...step!, stage: 'failed', error: lastRejection(step!) };
  await generation.session.saveStep(failed);
  return failed;
}

/**
 * Carries a step that has been ordered to its end: fetched, stored, looked at. Also the way back after a crash: every stage can be
 * entered again, and nothing is ordered. A rejected picture ends the attempt (`rejected` has grown), an accepted one the step.
 */
export async function carryOn(generation: Generation, step: GenerateStep): Promise<GenerateStep> {
  let now = step;
  if (now.stage === 'intended') {
    const found = await findOrder(generation, now);
    now = found ?? (await withdraw(generation, now, neverArrived()));
  }
  if (now.stage === 'submitted') now = await fetchPicture(generation, now);
  if (now.stage === 'stored') now = await verifyStored(generation, now);
  return now;
}

/** Waits for the picture and puts it where it is safe, before anything is thought about it. */
async function fetchPicture(generation: Generation, step: GenerateStep): Promise<GenerateStep> {
  const { session } = generation;
  const { generator, ledger } = generation.applying;
  const call = paidCall(session, step.action, step.attempt);
  const state = await collected(generation, step);
  if (state.status === 'succeeded') {
    const stored = await storePicture(generation, step, state.picture);
    const next: GenerateStep = {
      ...step,
      stage: 'stored',
      stored,
      costUsd: roundUsd(step.costUsd + state.picture.costUsd),
    };
    await session.saveStep(next, (record) => ({
      ...record,
      objects: { ...record.objects, [stored.image]: { revision: stored.revision, digest: stored.digest } },
    }));
    await ledger.settle(call, state.picture.costUsd);
    return next;
  }
  const charged = state.status === 'lost' || state.charged ? (generator.priceUsd ?? 0) : 0;
  const reason = state.message;
  const next = reject(step, reason, charged);
  const permanent =
    state.status === 'failed' && state.permanent && step.attempt + 1 >= step.action.attempts.length;
  await session.saveStep(permanent ? { ...next, stage: 'failed', error: reason } : next, withMiss);
  if (charged > 0) await ledger.settle(call, charged);
  else await ledger.release(call);
  return next;
}

/** What became of the order. One that failed for want of credit is closed, at no cost, before the run is stopped for it. */
async function collected(generation: Generation, step: GenerateStep): Promise<GenerationState> {
  const { session, signal } = generation;
  const { generator, ledger } = generation.applying;
  try {
    const order = orderOf(generation, step.action, step.attempt);
    return await generator.collect(step.ticket!, order, signal);
  } catch (error) {
    if (isCallsheetError(error, 'quota')) {
      await session.saveStep({ ...reject(step, error.message, 0), stage: 'failed', error: error.message });
      await ledger.release(paidCall(session, step.action, step.attempt));
    }
    throw error;
  }
}

/** Looks at the stored picture. A rejected one goes to the trash: it was paid for, and a person may think otherwise. */
async function verifyStored(generation: Generation, step: GenerateStep): Promise<GenerateStep> {
  const { applying, session, actor, qualityMinimum, present, signal } = generation;
  const { observing } = applying;
  const looking = { ...observing, evaluator: observing.evaluatorFor(actor) };
  const stored = step.stored!;
  const bytes = await readStored(applying, stored, signal);
  if (bytes === undefined) return await giveUp(session, step);
  const wanted = { actor: actor.id, category: step.action.category, qualityMinimum, present };
  const verification = await verifyPicture(looking, wanted, stored.digest, bytes, signal);
  const costUsd = roundUsd(step.costUsd + verification.costUsd);
  const learn = (record: ActorRecord) => learnPicture(record, stored, verification, looking.evaluator.id);
  if (verification.rejection === undefined) {
    if (verification.tile !== undefined)
      await observing.thumbnails.put(stored.digest, verification.tile, signal);
    const verified: GenerateStep = { ...step, stage: 'verified', costUsd };
    await session.saveStep(verified, (record) => withHit(learn(record)));
    present.add(stored.digest);
    return verified;
  }
  // The step goes on naming the object until that is gone, so that a run that is cut off in between leaves no stray copy.
  const rejected = { ...reject({ ...step, costUsd }, verification.rejection, 0), stored };
  await discard(generation, step, rejected, learn, verification);
  return rejected;
}

/** Somebody has removed the picture before it was looked at. There is nothing to keep. */
async function giveUp(session: ActorSession, step: GenerateStep): Promise<GenerateStep> {
  const rejected = reject(step, 'it was removed from the store before it was looked at', 0);
  await session.saveStep(rejected, withMiss);
  return rejected;
}

async function discard(
  { applying, session, signal }: Generation,
  step: GenerateStep,
  rejected: GenerateStep,
  learn: (record: ActorRecord) => ActorRecord,
  { evaluation }: Verification,
): Promise<void> {
  const stored = step.stored!;
  const trashed = await copyToTrash(
    applying,
    session.context,
    {
      id: `${session.context.run}-${step.action.id}-${step.attempt}`,
      image: stored.image,
      digest: stored.digest,
      ...(evaluation === undefined ? {} : { category: evaluation.category, quality: evaluation.quality }),
      reason: 'verification-failed',
      entry: stored.entry,
      index: Number.MAX_SAFE_INTEGER,
    },
    signal,
  );
  await session.saveStep(rejected, (record) => {
    const { [stored.image]: _gone, ...objects } = record.objects;
    const trash = [...record.trash.filter((item) => item.id !== trashed.id), trashed];
    return withMiss(learn({ ...record, objects, trash }));
  });
  await removeObject(applying, stored.image, signal);
}

function learnPicture(
  record: ActorRecord,
  stored: StoredPicture,
  { picture, evaluation }: Verification,
  evaluator: string,
): ActorRecord {
  const known = { ...record, pictures: { ...record.pictures, [stored.digest]: picture } };
  return evaluation === undefined
    ? known
    : learnVerdicts(known, evaluator, new Map([[stored.digest, evaluation]]));
}

/** The step after an attempt that brought no picture that counts. */
function reject(step: GenerateStep, reason: string, paidUsd: number): GenerateStep {
  const { ticket: _ticket, stored: _stored, ...rest } = step;
  return {
    ...rest,
    stage: 'rejected',
    costUsd: roundUsd(step.costUsd + paidUsd),
    rejected: [...step.rejected, { attempt: step.attempt, reason, costUsd: paidUsd }],
  };
}

function withMiss(record: ActorRecord): ActorRecord {
  return { ...record, misses: (record.misses ?? 0) + 1 };
}

function withHit(record: ActorRecord): ActorRecord {
  return { ...record, hits: (record.hits ?? 0) + 1 };
}

function lastRejection(step: GenerateStep): string {
  const tries = step.rejected.length;
  return `${tries} ${tries === 1 ? 'attempt' : 'attempts'}, none accepted; the last: ${step.rejected.at(-1)?.reason ?? 'unknown'}`;
}
