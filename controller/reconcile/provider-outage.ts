import { isCallsheetError } from '../diagnostics/errors.ts';
import { sentence } from '../diagnostics/sentence.ts';
import type { Evaluator } from '../evaluator/evaluator.ts';
import type { ActorRun, RunRecord } from '../records/run-record.ts';
import type { Block, Blocker } from './blocker.ts';
import { isUndelivered } from './rollout.ts';

/** Codes of errors that every actor would meet: credentials, credit, a disk that is full. */
const REFUSALS: ReadonlySet<string> = new Set(['auth', 'quota', 'storage-full', 'read-only']);

/** No answer, or too many questions at once, may be over at once. Milliseconds. */
const HICCUP_MS = 1_000;

/** Learns from a run whether the generator and the store serve anybody at the moment. */
export function noteOutage(blocker: Blocker, { actors }: RunRecord): void {
  const refused = actors.find(isRefused);
  const undelivered = actors.find(isUndelivered);
  const isDelivering = actors.some(({ actions }) =>
    actions.some(({ kind, outcome }) => kind === 'generate' && outcome === 'done'),
  );
  if (refused !== undefined) blocker.fail(refused.error!.message);
  else if (isDelivering) blocker.succeed();
  else if (undelivered !== undefined) blocker.fail(messageOf(undelivered));
}

/** The evaluator, whose answers, and that there is none, are noted: for everybody, not only for the actor that was asked about. */
export function noteAnswers(evaluator: Evaluator, blocker: Blocker): Evaluator {
  return new Proxy(evaluator, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      // Bound to the evaluator itself, whose private fields a proxy does not have.
      const call = value.bind(target) as (...values: unknown[]) => unknown;
      if (property !== 'evaluate' && property !== 'confirm') return call;
      return async (...values: unknown[]) => await noted(async () => await call(...values), blocker);
    },
  });
}

async function noted<Answer>(ask: () => Promise<Answer>, blocker: Blocker): Promise<Answer> {
  try {
    const answer = await ask();
    blocker.succeed();
    return answer;
  } catch (error) {
    if (isCallsheetError(error, 'unavailable', 'rate-limited')) blocker.fail(error.message, HICCUP_MS);
    throw error;
  }
}

/** Whether an actor's run failed for a reason that has nothing to do with the actor. */
export function isOutage(run: ActorRun): boolean {
  return isRefused(run) || isUndelivered(run);
}

/** What actors that wait for the end of an outage say. */
export function outageMessage({ message }: Pick<Block, 'message'>): string {
  return `${sentence(message)} It is tried again.`;
}

function isRefused({ error }: ActorRun): boolean {
  return error !== undefined && REFUSALS.has(error.code);
}

function messageOf({ error, actions }: ActorRun): string {
  return (
    error?.message ??
    actions.find(({ message }) => message !== undefined)?.message ??
    'no picture was delivered'
  );
}
