import type { ActorPlan, Plan } from '../plan/plan.ts';
import { type ActorRun, hasFailed, type RunRecord } from '../records/run-record.ts';
import { type BackoffPolicy, backoffMs } from '../runtime/backoff.ts';
import { PRIORITY } from '../runtime/work-queue.ts';
import type { ActorStatusDocument, RunSummary } from '../status/status-document.ts';
import { withRun } from '../status/status-document.ts';
import { summarize } from '../status/summarize.ts';
import { movesOf } from './flapping.ts';
import { isOutage, outageMessage } from './provider-outage.ts';
import type { Term } from './term.ts';

/** Runs write plans and records, and may cost money: slower than looking. */
const RUN_BACKOFF: BackoffPolicy = { baseMs: 5_000, maxMs: 6 * 3_600_000, jitter: 0.25 };

/** Enters what a run did into the status of its actors, and has each of them looked at again: at once, or later where it failed. */
export async function followUp(term: Term, plan: Plan, run: RunRecord): Promise<void> {
  const plans = new Map(plan.actors.map((actor) => [actor.actor, actor]));
  for (const actorRun of run.actors) {
    const { actor, type, outcome } = actorRun;
    if (outcome !== 'not-attempted' && outcome !== 'skipped') {
      term.statuses.set(statusAfter(term, plans.get(actor), actorRun, run));
    }
    const options = { priority: PRIORITY.change, group: type };
    if (outcome === 'applied') await term.queue.forget(actor);
    await term.queue.add(actor, { ...options, afterMs: afterMs(term, actorRun) });
  }
}

/** In an outage an actor waits for its end; that its run failed says nothing about it. */
function statusAfter(
  { statuses, generatorBlock }: Term,
  plan: ActorPlan | undefined,
  actorRun: ActorRun,
  run: RunRecord,
): ActorStatusDocument {
  const before = statuses.get(actorRun.actor);
  const status = afterRun(before, actorRun, run, plan?.targetDigest);
  const block = generatorBlock.current();
  if (plan === undefined || block === undefined || !isOutage(actorRun)) return status;
  const message = outageMessage(block);
  const { failedRuns = 0 } = before;
  const context = { at: run.finishedAt ?? run.startedAt, revision: run.revision ?? '' };
  return summarize(
    { ...status, failedRuns },
    { kind: 'held', plan, reason: 'ProviderUnavailable', message },
    context,
  );
}

/** Has actors looked at again whose run did not begin: a worker that came upon them meanwhile has passed them over. */
export async function lookAgain({ queue }: Term, plan: Plan, actors: readonly string[]): Promise<void> {
  const groups = new Map(plan.actors.map(({ actor, type }) => [actor, type]));
  for (const actor of actors)
    await queue.add(actor, { priority: PRIORITY.change, group: groups.get(actor) ?? '' });
}

/** At once, to see whether it is as it should be; after a failure, the later the more runs in a row have failed. */
function afterMs({ statuses, random }: Term, run: ActorRun): number {
  return hasFailed(run) ? pauseMs(statuses.get(run.actor), random()) : 0;
}

/** How long an actor whose run has failed is left alone. */
export function pauseMs({ failedRuns = 1 }: Pick<ActorStatusDocument, 'failedRuns'>, random: number): number {
  return backoffMs(Math.max(1, failedRuns), random, RUN_BACKOFF);
}

/** The status document with a run in its history; conditions follow when the actor is looked at again, but failures show at once. */
export function afterRun(
  before: ActorStatusDocument,
  actorRun: ActorRun,
  run: RunRecord,
  generation: string | undefined,
): ActorStatusDocument {
  const at = run.finishedAt ?? run.startedAt;
  const document = withRun(before, summaryOf(actorRun, run, at), movesOf(actorRun, run.id, at, generation));
  const generated = actorRun.actions.filter(({ kind }) => kind === 'generate');
  const paid = generated.some(({ attempts }) => (attempts ?? 0) > 0);
  const accepted = generated.some(({ outcome }) => outcome === 'done');
  const fruitless = accepted ? 0 : paid ? before.fruitless + 1 : before.fruitless;
  const { failedRuns = 0, ...rest } = document;
  if (actorRun.outcome === 'applied') return { ...rest, fruitless };
  if (!hasFailed(actorRun)) return { ...document, fruitless };
  const rejected = paid && !accepted && actorRun.error === undefined;
  const reason = rejected ? 'VerificationFailed' : 'ApplyFailed';
  const message = `${describe(actorRun)} (${run.id}).`;
  const conditions = document.conditions.map((condition) =>
    condition.type === 'Ready'
      ? { ...condition, status: 'False' as const, reason: reason as typeof condition.reason, message }
      : condition,
  );
  return { ...document, fruitless, failedRuns: failedRuns + 1, conditions };
}

function summaryOf(actorRun: ActorRun, run: RunRecord, at: string): RunSummary {
  const done: Partial<Record<(typeof actorRun.actions)[number]['kind'], number>> = {};
  for (const { kind, outcome } of actorRun.actions)
    if (outcome === 'done') done[kind] = (done[kind] ?? 0) + 1;
  const open = actorRun.actions.filter(({ outcome }) => outcome !== 'done').length;
  return {
    run: run.id,
    ...(run.plan === undefined ? {} : { plan: run.plan }),
    at,
    ...(run.revision === undefined ? {} : { revision: run.revision }),
    outcome: actorRun.outcome,
    done,
    open,
    costUsd: actorRun.costUsd,
    ...(open === 0 ? {} : { message: describe(actorRun) }),
  };
}

function describe({ actions, error }: ActorRun): string {
  const open = actions.filter(({ outcome }) => outcome !== 'done');
  const why = error?.message ?? open.find(({ message }) => message !== undefined)?.message;
  return `${open.length} of ${actions.length} actions were not done${why === undefined ? '' : `: ${why}`}`;
}
