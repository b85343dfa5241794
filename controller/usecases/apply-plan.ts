import pMap from 'p-map';
import { type AppliedActor, applyActor, recoverActor } from '../apply/apply-actor.ts';
import type { RunContext } from '../apply/applying.ts';
import { CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { ActorPlan, Plan } from '../plan/plan.ts';
import { closeCutOffRuns } from '../records/close-run.ts';
import type { ActorRun, RunRecord } from '../records/run-record.ts';
import type { Workspace } from '../workspace.ts';
import { suspensionNow } from './apply-suspension.ts';
import { liftedGuards } from './approve-plan.ts';
import { type PlanUse, refuseUsed, usedPath } from './plan-use.ts';
import { RunLog, underRun } from './run-log.ts';

export interface ApplyOptions {
  /** Names of guards that a person has lifted for this plan. */
  readonly lifted?: readonly string[];
  /** What kind of run this is in the history. */
  readonly kind?: 'apply' | 'rollback';
  readonly undoes?: string;
  /** Milliseconds to wait for another apply to end; 0 refuses at once. */
  readonly lockTimeoutMs?: number;
  /** Who applies each actor's part, and how many at a time; this process unless given. */
  readonly hands?: Hands;
}

/** Those that do the work of a run. */
export interface Hands {
  /** As `applyActor`. */
  readonly apply: (context: RunContext, plan: ActorPlan, signal?: AbortSignal) => Promise<AppliedActor>;
  readonly concurrency: number;
}

/**
 * Applies a plan: every actor that is still what the plan saw, several at a time, each under its lease. A plan is used up by its apply,
 * whatever comes of it. The result says what was done, what failed and what was not attempted; it throws only when nothing was begun.
 *
 * @throws CallsheetError `lease-held`, `stale` (used up), `invalid-input` (a guard denies it), `unknown-price`.
 */
export function applyPlan(
  workspace: Workspace,
  plan: Plan,
  options: ApplyOptions = {},
  signal?: AbortSignal,
): Promise<RunRecord> {
  return underRun(workspace, () => runPlan(workspace, plan, options, signal));
}

async function runPlan(
  workspace: Workspace,
  plan: Plan,
  options: ApplyOptions,
  signal?: AbortSignal,
): Promise<RunRecord> {
  refuseDenied(plan, [...(options.lifted ?? []), ...(await liftedGuards(workspace.state, plan, signal))]);
  await using _lease = await workspace.leases.acquire('apply', { waitMs: options.lockTimeoutMs ?? 0 });
  await refuseSpent(workspace, plan);
  await closeCutOffRuns(workspace.state, workspace.clock.now());
  const log = await RunLog.open(workspace, {
    kind: options.kind ?? 'apply',
    plan: plan.id,
    revision: plan.source.revision,
    estimateUsd: plan.summary.cost.estimateUsd,
    ...(options.undoes === undefined ? {} : { undoes: options.undoes }),
  });
  await useUp(workspace, plan, log.id);
  const actors = plan.actors.filter((actor) => actor.actions.length > 0);
  const runs = await applyActors(workspace, plan.id, actors, { log, hands: options.hands }, signal);
  return await log.finish(signal?.aborted === true ? 'interrupted' : statusOf(runs));
}

async function applyActors(
  workspace: Workspace,
  planId: string,
  actors: readonly ActorPlan[],
  { log, hands = ownHands(workspace) }: { readonly log: RunLog; readonly hands: Hands | undefined },
  signal?: AbortSignal,
): Promise<ActorRun[]> {
  const { report } = workspace;
  let stop: CallsheetError | undefined;
  report({ type: 'phase-started', phase: 'apply', total: actors.length });
  const runs = await pMap(
    actors,
    async (plan) => {
      report({ type: 'actor-applying', actor: plan.actor, actions: plan.actions.length });
      const run = await applyOne(plan);
      log.add(run);
      const { outcome, costUsd, error } = run;
      report({
        type: 'actor-applied',
        actor: plan.actor,
        outcome,
        costUsd,
        ...(error === undefined ? {} : { message: error.message }),
      });
      return run;
    },
    { concurrency: hands.concurrency },
  );
  report({ type: 'phase-finished', phase: 'apply' });
  return runs;

  async function applyOne(plan: ActorPlan): Promise<ActorRun> {
    if (stop !== undefined)
      return untouched(plan, 'not-attempted', {
        code: stop.code,
        message: `the run was stopped: ${stop.message}`,
      });
    if (signal?.aborted === true)
      return untouched(plan, 'not-attempted', { code: 'interrupted', message: 'the run was interrupted' });
    // A rollback is how people mend what they have suspended.
    const suspended = log.kind === 'rollback' ? undefined : await whySuspended(workspace, plan, signal);
    if (suspended !== undefined) return suspended;
    const context = { run: log.id, plan: planId, startedMs: log.startedMs };
    const applied = await hands.apply(context, plan, signal);
    stop ??= applied.stop;
    return applied.run;
  }
}

/** The run of an actor that was suspended when it was planned, or has been since; undefined when it may be worked on. */
async function whySuspended(
  workspace: Workspace,
  plan: ActorPlan,
  signal?: AbortSignal,
): Promise<ActorRun | undefined> {
  try {
    const suspension = await suspensionNow(workspace, plan, signal);
    if (suspension === undefined && plan.status !== 'suspended') return undefined;
    const reason = suspension?.reason ?? 'it was when the plan was made; plan again';
    return untouched(plan, 'skipped', { code: 'suspended', message: `suspended: ${reason}` });
  } catch (error) {
    const { code, message } = toCallsheetError(error);
    const unknown = `it is not known whether it is suspended: ${message}`;
    return untouched(plan, 'not-attempted', { code, message: unknown });
  }
}

function ownHands({ applying, settings }: Workspace): Hands {
  return {
    apply: (context, plan, signal) => applyActor(applying, context, plan, signal),
    concurrency: settings.limits.concurrency,
  };
}

/** Settles actors whose last run was cut off. What cannot be settled yet is reported and stays open. Returns their ids. */
export async function recoverActors(
  workspace: Workspace,
  actors: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const recovered: string[] = [];
  for (const actor of actors) {
    signal?.throwIfAborted();
    try {
      if ((await recoverActor(workspace.applying, actor)).length > 0) recovered.push(actor);
    } catch (error) {
      const { code, message } = toCallsheetError(error);
      workspace.report({
        type: 'warning',
        code,
        message: `actor "${actor}" has an open run that cannot be settled yet: ${message}`,
        actor,
      });
    }
  }
  return recovered;
}

/** @throws CallsheetError when a guard denies the plan and nobody has lifted it. */
export function refuseDenied(plan: Plan, lifted: readonly string[]): void {
  const denied = plan.guards.filter((guard) => guard.result === 'deny' && !lifted.includes(guard.name));
  if (denied.length > 0) {
    const list = denied.map((guard) => `${guard.name}: ${guard.message}`).join('; ');
    throw new CallsheetError(
      'invalid-input',
      `the plan is denied by ${denied.length === 1 ? 'a guard' : 'guards'} (${list})`,
      {
        hint: `If this is what you want, lift it for this plan: callsheet approve ${plan.id} --guard ${denied[0]!.name} --reason "...".`,
      },
    );
  }
  if (!plan.summary.cost.known) {
    throw new CallsheetError(
      'unknown-price',
      'the plan would spend money at a price that nobody has written down',
      {
        hint: 'Write spec.generator.priceUsd in the Library and plan again.',
      },
    );
  }
}

async function refuseSpent({ state, clock, settings }: Workspace, plan: Plan): Promise<void> {
  if (clock.now() - Date.parse(plan.createdAt) > settings.history.retentionMs) {
    const message = `plan ${plan.id} is of ${plan.createdAt}: whether so old a plan was used up is not kept (spec.history.retention)`;
    throw new CallsheetError('stale', message, { hint: 'Make a new plan.' });
  }
  await refuseUsed(state, plan, 'Make a new plan: what that run did not finish will be in it.');
}

async function useUp(workspace: Workspace, plan: Plan, run: string): Promise<void> {
  const { state, clock, who } = workspace;
  const use: PlanUse = {
    formatVersion: '1.0',
    plan: plan.id,
    digest: plan.digest,
    run,
    by: who,
    at: new Date(clock.now()).toISOString(),
  };
  try {
    await state.write(usedPath(plan.id), use, 'absent');
  } catch (error) {
    if (isCallsheetError(error, 'precondition-failed')) await refuseSpent(workspace, plan);
    throw error;
  }
}

function untouched(
  plan: ActorPlan,
  outcome: 'skipped' | 'not-attempted',
  error: { code: string; message: string },
): ActorRun {
  const actions = plan.actions.map(({ id, kind }) => ({ id, kind, outcome: 'not-attempted' as const }));
  return { actor: plan.actor, type: plan.type, outcome, actions, costUsd: 0, error };
}

function statusOf(runs: readonly ActorRun[]): 'succeeded' | 'partial' | 'failed' {
  const good = runs.filter((run) => run.outcome === 'applied' || run.outcome === 'skipped').length;
  if (good === runs.length) return 'succeeded';
  return runs.some((run) => run.outcome === 'applied' || run.outcome === 'partial') ? 'partial' : 'failed';
}
