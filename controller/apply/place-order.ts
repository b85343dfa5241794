import { CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { GenerateAction } from '../plan/plan.ts';
import type { GenerateStep } from '../records/journal.ts';
import { type Generation, orderOf, paidCall } from './generation-order.ts';

/** Writes the intent down, reserves the money, and places the order: one paid call. */
export async function placeOrder(
  generation: Generation,
  action: GenerateAction,
  attempt: number,
  before: GenerateStep | undefined,
): Promise<GenerateStep> {
  const { session } = generation;
  const { generator, observing } = generation.applying;
  if (generator.priceUsd === undefined) {
    throw new CallsheetError('unknown-price', `the price of a picture from ${generator.id} is not known`, {
      hint: 'Write spec.generator.priceUsd in the Library.',
    });
  }
  const {
    ticket: _ticket,
    stored: _stored,
    error: _error,
    code: _code,
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
  // First the intent, then the money: a reservation that no journal knows of would never be given back.
  await session.saveStep(intended);
  if (generator.priceUsd > 0) await reserve(generation, intended, generator.priceUsd);
  return await place(generation, intended);
}

async function reserve(generation: Generation, step: GenerateStep, amountUsd: number): Promise<void> {
  const { applying, session, actor } = generation;
  const { action, attempt } = step;
  const purpose = {
    actor: session.actor,
    actorType: actor.type,
    action: action.id,
    model: applying.generator.id,
  };
  try {
    const call = paidCall(session, action, attempt);
    await applying.ledger.reserve({ call, purpose, amountUsd, budget: applying.budget });
  } catch (error) {
    if (isCallsheetError(error, 'budget-exceeded')) await withdraw(generation, step, error);
    throw error;
  }
}

/** Times that one order is sent. A connection that loses so many in a row is not worth more tries now. */
const SENDINGS = 3;

/**
 * Sends an order until the provider has it. When an answer is lost, the provider is asked for the order; only one that surely never arrived
 * is sent again: the same attempt with the same seed and the same reservation, so that it can still be told apart from any other.
 */
async function place(generation: Generation, step: GenerateStep): Promise<GenerateStep> {
  for (let sending = 1; sending <= SENDINGS; sending += 1) {
    const ticket = await send(generation, step);
    if (ticket !== undefined) return await submitted(generation, step, ticket);
    const found = await findOrder(generation, step);
    if (found !== undefined) return found;
  }
  return await withdraw(generation, step, neverArrived());
}

/** One call to the provider. Undefined: nobody knows whether it has the order. Rejects, with the money given back, when it surely has not. */
async function send(generation: Generation, step: GenerateStep): Promise<string | undefined> {
  try {
    const order = orderOf(generation, step.action, step.attempt);
    return await generation.applying.generator.submit(order, generation.signal);
  } catch (error) {
    const refusal = toCallsheetError(error, 'unavailable');
    if (refusal.code === 'unavailable') return undefined;
    await withdraw(generation, step, refusal);
    throw refusal;
  }
}

async function submitted({ session }: Generation, step: GenerateStep, ticket: string): Promise<GenerateStep> {
  const next: GenerateStep = { ...step, stage: 'submitted', ticket };
  await session.saveStep(next);
  return next;
}

/** Closes an attempt of which it is certain that nothing was bought. */
export async function withdraw(
  { applying, session }: Generation,
  step: GenerateStep,
  error: CallsheetError,
): Promise<GenerateStep> {
  const failed: GenerateStep = { ...step, stage: 'failed', error: error.message, code: error.code };
  await session.saveStep(failed);
  await applying.ledger.release(paidCall(session, step.action, step.attempt));
  return failed;
}

/** Asks the provider whether an order whose answer was lost was accepted. Undefined: it surely was not. */
export async function findOrder(
  generation: Generation,
  step: GenerateStep,
): Promise<GenerateStep | undefined> {
  const { applying, signal } = generation;
  const order = orderOf(generation, step.action, step.attempt);
  const ticket = await applying.generator.find(order, step.intendedMs, signal);
  return ticket === undefined ? undefined : await submitted(generation, step, ticket);
}

export function neverArrived(): CallsheetError {
  return new CallsheetError('unavailable', 'the order never reached the provider');
}
