import type { ActorRun, RunRecord } from '../records/run-record.ts';
import type { Block, Blocker } from './blocker.ts';
import { isUndelivered } from './rollout.ts';

/** Codes of errors that every actor would meet: credentials, credit, a disk that is full. */
const REFUSALS: ReadonlySet<string> = new Set(['auth', 'quota', 'storage-full', 'read-only']);

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

/** Whether an actor's run failed for a reason that has nothing to do with the actor. */
export function isOutage(run: ActorRun): boolean {
  return isRefused(run) || isUndelivered(run);
}

/** What actors that wait for the end of an outage say. */
export function outageMessage({ message }: Pick<Block, 'message'>): string {
  return `${message}. It is tried again.`;
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
