import { CallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { roundUsd } from '../plan/cost.ts';
import type { GenerateAction } from '../plan/plan.ts';
import type { ActorRecord } from '../records/actor-record.ts';
import type { GenerateStep, StoredPicture } from '../records/journal.ts';
import { learnVerdicts } from '../records/learn.ts';
import type { ActorSession } from './actor-session.ts';
import type { Applying } from './applying.ts';
import { type GenerationContext, orderOf, paidCall } from './generation-order.ts';
import { readStored, storePicture } from './picture-storage.ts';
import { copyToTrash, removeObject } from './trash-bin.ts';
import { type Verification, verifyPicture } from './verify-picture.ts';

/** A step that no attempt of this run will carry further. */
export function isSettled(step: GenerateStep): boolean {
  return step.stage === 'verified' || step.stage === 'done' || step.stage === 'failed';
}

/**
 * Has one picture made: tries the action's attempts in order until one is accepted. Ends `verified` or `failed`; the manifest is not
 * touched here. Throws when it cannot go on for now; the journal then says where it stands.
 */
export async function generatePicture(
  applying: Applying,
  session: ActorSession,
  action: GenerateAction,
  context: GenerationContext,
  signal?: AbortSignal,
): Promise<GenerateStep> {
  let step: GenerateStep | undefined;
  for (let attempt = 0; attempt < action.attempts.length; attempt += 1) {
    signal?.throwIfAborted();
    step = await order(applying, session, action, attempt, context, step, signal);
    step = await carryOn(applying, session, step, context, signal);
    if (isSettled(step)) return step;
  }
  const failed: GenerateStep = { ...step!, stage: 'failed', error: lastRejection(step!) };
  await session.saveStep(failed);
  return failed;
}

/**
 * Carries a step that has been ordered to its end: fetched, stored, looked at. Also the way back after a crash: every stage can be
 * entered again. A rejected picture ends the attempt (`stage` stays, `rejected` has grown), an accepted one the step.
 */
export async function carryOn(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  context: GenerationContext,
  signal?: AbortSignal,
): Promise<GenerateStep> {
  let now = step;
  if (now.stage === 'intended') now = await findOrder(applying, session, now, context, signal);
  if (now.stage === 'submitted') now = await fetchPicture(applying, session, now, context, signal);
  if (now.stage === 'stored') now = await verifyStored(applying, session, now, context, signal);
  return now;
}

/** Reserves the money, writes the intent down, and places the order: exactly one paid call. */
async function order(
  applying: Applying,
  session: ActorSession,
  action: GenerateAction,
  attempt: number,
  context: GenerationContext,
  before: GenerateStep | undefined,
  signal?: AbortSignal,
): Promise<GenerateStep> {
  const { generator, ledger, observing } = applying;
  if (generator.priceUsd === undefined) {
    throw new CallsheetError('unknown-price', `the price of a picture from ${generator.id} is not known`, {
      hint: 'Write spec.generator.priceUsd in the Library.',
    });
  }
  if (generator.priceUsd > 0) {
    await ledger.reserve({
      call: paidCall(session, action, attempt),
      purpose: {
        actor: session.actor,
        actorType: context.actor.type,
        action: action.id,
        model: generator.id,
      },
      amountUsd: generator.priceUsd,
      budget: applying.budget,
    });
  }
  const {
    ticket: _ticket,
    stored: _stored,
    error: _error,
    ...carried
  } = before ?? { costUsd: 0, rejected: [] };
  const intended: GenerateStep = {
    ...carried,
    kind: 'generate',
    action,
    stage: 'intended',
    attempt,
    intendedMs: observing.clock.now(),
  };
  await session.saveStep(intended);
  try {
    const ticket = await generator.submit(orderOf(applying, context, action, attempt), signal);
    return await submitted(session, intended, ticket);
  } catch (error) {
    const refusal = toCallsheetError(error, 'unavailable');
    // Only `unavailable` leaves it open whether the provider has the order: it is asked next. Anything else means that nothing was bought.
    if (refusal.code === 'unavailable') return intended;
    await withdraw(applying, session, intended, refusal);
    throw refusal;
  }
}

async function submitted(session: ActorSession, step: GenerateStep, ticket: string): Promise<GenerateStep> {
  const next: GenerateStep = { ...step, stage: 'submitted', ticket };
  await session.saveStep(next);
  return next;
}

async function withdraw(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  error: CallsheetError,
): Promise<GenerateStep> {
  const failed: GenerateStep = { ...step, stage: 'failed', error: error.message };
  await session.saveStep(failed);
  await applying.ledger.release(paidCall(session, step.action, step.attempt));
  return failed;
}

/** Asks the provider whether an order whose answer was lost was accepted. */
async function findOrder(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  context: GenerationContext,
  signal?: AbortSignal,
): Promise<GenerateStep> {
  const ticket = await applying.generator.find(
    orderOf(applying, context, step.action, step.attempt),
    step.intendedMs,
    signal,
  );
  if (ticket !== undefined) return await submitted(session, step, ticket);
  return await withdraw(
    applying,
    session,
    step,
    new CallsheetError('unavailable', 'the order never reached the provider'),
  );
}

/** Waits for the picture and puts it where it is safe, before anything is thought about it. */
async function fetchPicture(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  context: GenerationContext,
  signal?: AbortSignal,
): Promise<GenerateStep> {
  const { generator, ledger } = applying;
  const call = paidCall(session, step.action, step.attempt);
  const state = await generator.collect(
    step.ticket!,
    orderOf(applying, context, step.action, step.attempt),
    signal,
  );
  if (state.status === 'succeeded') {
    const stored = await storePicture(applying, session, step, context, state.picture, signal);
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

/** Looks at the stored picture. A rejected one goes to the trash: it was paid for, and a person may think otherwise. */
async function verifyStored(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  context: GenerationContext,
  signal?: AbortSignal,
): Promise<GenerateStep> {
  const { observing } = applying;
  const looking = { ...observing, evaluator: observing.evaluatorFor(context.actor) };
  const stored = step.stored!;
  const bytes = await readStored(applying, stored, signal);
  const wanted = {
    actor: session.actor,
    category: step.action.category,
    qualityMinimum: context.qualityMinimum,
    present: context.present,
  };
  const verification = await verifyPicture(looking, wanted, stored.digest, bytes, signal);
  const costUsd = roundUsd(step.costUsd + verification.costUsd);
  const learn = (record: ActorRecord) => learnPicture(record, stored, verification, looking.evaluator.id);
  if (verification.rejection === undefined) {
    if (verification.tile !== undefined)
      await observing.thumbnails.put(stored.digest, verification.tile, signal);
    const verified: GenerateStep = { ...step, stage: 'verified', costUsd };
    await session.saveStep(verified, learn);
    context.present.add(stored.digest);
    return verified;
  }
  const rejected = reject({ ...step, costUsd }, verification.rejection, 0);
  await discard(applying, session, step, rejected, learn, verification, signal);
  return rejected;
}

async function discard(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  rejected: GenerateStep,
  learn: (record: ActorRecord) => ActorRecord,
  { evaluation }: Verification,
  signal?: AbortSignal,
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

function lastRejection(step: GenerateStep): string {
  const tries = step.rejected.length;
  return `${tries} ${tries === 1 ? 'attempt' : 'attempts'}, none accepted; the last: ${step.rejected.at(-1)?.reason ?? 'unknown'}`;
}
