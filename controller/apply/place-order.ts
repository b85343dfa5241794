import { CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { GenerateAction } from '../plan/plan.ts';
import type { GenerateStep } from '../records/journal.ts';
import type { ActorSession } from './actor-session.ts';
import type { Applying } from './applying.ts';
import { type GenerationContext, orderOf, paidCall } from './generation-order.ts';

/** Writes the intent down, reserves the money, and places the order: one paid call. */
export async function placeOrder(
  applying: Applying,
  session: ActorSession,
  action: GenerateAction,
  attempt: number,
  context: GenerationContext,
  before: GenerateStep | undefined,
  signal?: AbortSignal,
): Promise<GenerateStep> {
  const { generator } = applying;
  if (generator.priceUsd === undefined) {
    throw new CallsheetError('unknown-price', `the price of a picture from ${generator.id} is not known`, {
      hint: 'Write spec.generator.priceUsd in the Library.',
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
    intendedMs: applying.observing.clock.now(),
  };
  // First the intent, then the money: a reservation that no journal knows of would never be given back.
  await session.saveStep(intended);
  if (generator.priceUsd > 0) await reserve(applying, session, intended, generator.priceUsd, context);
  return await place(applying, session, intended, context, signal);
}

async function reserve(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  amountUsd: number,
  context: GenerationContext,
): Promise<void> {
  const { action, attempt } = step;
  const purpose = {
    actor: session.actor,
    actorType: context.actor.type,
    action: action.id,
    model: applying.generator.id,
  };
  try {
    const call = paidCall(session, action, attempt);
    await applying.ledger.reserve({ call, purpose, amountUsd, budget: applying.budget });
  } catch (error) {
    if (isCallsheetError(error, 'budget-exceeded')) await withdraw(applying, session, step, error);
    throw error;
  }
}

/** Times that one order is sent. A connection that loses so many in a row is not worth more tries now. */
const SENDINGS = 3;

/**
 * Sends an order until the provider has it. When an answer is lost, the provider is asked for the order; only one that surely never arrived
 * is sent again: the same attempt with the same seed and the same reservation, so that it can still be told apart from any other.
 */
async function place(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  context: GenerationContext,
  signal?: AbortSignal,
): Promise<GenerateStep> {
  for (let sending = 1; sending <= SENDINGS; sending += 1) {
    const ticket = await send(applying, session, step, context, signal);
    if (ticket !== undefined) return await submitted(session, step, ticket);
    const found = await findOrder(applying, session, step, context, signal);
    if (found !== undefined) return found;
  }
  return await withdraw(applying, session, step, neverArrived());
}

/** One call to the provider. Undefined: nobody knows whether it has the order. Rejects, with the money given back, when it surely has not. */
async function send(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  context: GenerationContext,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    return await applying.generator.submit(orderOf(applying, context, step.action, step.attempt), signal);
  } catch (error) {
    const refusal = toCallsheetError(error, 'unavailable');
    if (refusal.code === 'unavailable') return undefined;
    await withdraw(applying, session, step, refusal);
    throw refusal;
  }
}

async function submitted(session: ActorSession, step: GenerateStep, ticket: string): Promise<GenerateStep> {
  const next: GenerateStep = { ...step, stage: 'submitted', ticket };
  await session.saveStep(next);
  return next;
}

/** Closes an attempt of which it is certain that nothing was bought. */
export async function withdraw(
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

/** Asks the provider whether an order whose answer was lost was accepted. Undefined: it surely was not. */
export async function findOrder(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  context: GenerationContext,
  signal?: AbortSignal,
): Promise<GenerateStep | undefined> {
  const ticket = await applying.generator.find(
    orderOf(applying, context, step.action, step.attempt),
    step.intendedMs,
    signal,
  );
  return ticket === undefined ? undefined : await submitted(session, step, ticket);
}

export function neverArrived(): CallsheetError {
  return new CallsheetError('unavailable', 'the order never reached the provider');
}
