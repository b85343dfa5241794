import pMap from 'p-map';
import { isCallsheetError } from '../diagnostics/errors.ts';
import { readActor } from '../observe/actor-files.ts';
import { assemblePlan } from '../plan/assemble.ts';
import { checkGuards } from '../plan/guards.ts';
import type { ActorPlan, Plan } from '../plan/plan.ts';
import { timeId } from '../runtime/ids.ts';
import type { Workspace } from '../workspace.ts';
import { beginPass } from './library-pass.ts';
import { failedPlan, planActorLive } from './plan-actor-live.ts';
import { underRun } from './run-log.ts';
import type { ActorSelection } from './select-actors.ts';

export interface PlanRequest extends ActorSelection {
  /** False: no paid call, nothing read that is not known, nothing written. */
  readonly refresh: boolean;
}

/**
 * Plans the selected actors. Changes nothing but state. An actor that cannot be planned says so in the plan; when the evaluator cannot
 * be used at all, the rest is planned from what is known already.
 */
export function planLibrary(workspace: Workspace, request: PlanRequest, signal?: AbortSignal): Promise<Plan> {
  return underRun(workspace, () => planPass(workspace, request, signal));
}

async function planPass(workspace: Workspace, request: PlanRequest, signal?: AbortSignal): Promise<Plan> {
  const { report, settings } = workspace;
  const { ids, workspace: pass } = await beginPass(workspace, request, signal);
  report({ type: 'phase-started', phase: 'observe', total: ids.length });
  let mode: 'refresh' | 'read-only' = request.refresh ? 'refresh' : 'read-only';
  const planOne = async (id: string): Promise<ActorPlan | undefined> => {
    signal?.throwIfAborted();
    if (!(await isOfType(workspace, id, request.types, signal))) return undefined;
    try {
      return (await planActorLive(pass, id, mode, signal)).plan;
    } catch (error) {
      if (!isCallsheetError(error)) throw error;
      if (mode === 'refresh') report({ type: 'warning', code: error.code, message: withHint(error) });
      mode = 'read-only';
      const { plan } = await planActorLive(pass, id, mode, signal);
      return plan.status === 'error'
        ? plan
        : { ...plan, notes: [...plan.notes, ...failedPlan(id, error).notes] };
    }
  };
  const plans = await pMap(ids, planOne, { concurrency: settings.limits.concurrency, stopOnError: true });
  report({ type: 'phase-finished', phase: 'observe' });
  const actors = plans.filter((plan) => plan !== undefined);
  return assemblePlan(
    planHeader(workspace, request),
    actors,
    checkGuards(actors, await guardPolicy(workspace)),
  );
}

async function isOfType(
  workspace: Workspace,
  id: string,
  types: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<boolean> {
  if (types === undefined || types.length === 0) return true;
  try {
    return types.includes((await readActor(workspace.stores, workspace.layout, id, signal)).type);
  } catch {
    // Its type is unknown, and what is unknown is shown rather than hidden.
    return true;
  }
}

export function planHeader(workspace: Workspace, { actors, types, refresh }: PlanRequest) {
  const { clock, random, source, version, evaluatorId, generator } = workspace;
  return {
    id: timeId('plan', clock.now(), random),
    createdAt: new Date(clock.now()).toISOString(),
    source,
    tool: `callsheet ${version}`,
    evaluator: evaluatorId,
    generator: generator.id,
    selection: {
      ...(actors === undefined || actors.length === 0 ? {} : { actors }),
      ...(types === undefined || types.length === 0 ? {} : { types }),
      refresh,
    },
  };
}

async function guardPolicy(workspace: Workspace) {
  const { guards, limits } = workspace.settings;
  const leftToday = await leftTodayUsd(workspace);
  return {
    maxDeleteSharePercent: guards.maxDeleteShare,
    minUsable: guards.minUsable,
    ...(guards.maxDeletes === undefined ? {} : { maxDeletes: guards.maxDeletes }),
    ...(limits.budget.perRun === undefined ? {} : { budgetPerRunUsd: limits.budget.perRun }),
    ...(leftToday === undefined ? {} : { budgetLeftTodayUsd: leftToday }),
  };
}

function withHint({ message, hint }: { message: string; hint: string | undefined }): string {
  return hint === undefined ? message : `${message}. ${hint}`;
}

/** US dollars that today's budget still has; undefined without a daily budget. What is reserved counts as spent. */
async function leftTodayUsd({ settings, ledger, clock }: Workspace): Promise<number | undefined> {
  const { perDay } = settings.limits.budget;
  if (perDay === undefined) return undefined;
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const lines = await ledger.costs({ fromDay: today, toDay: today });
  return Math.max(0, perDay - lines.reduce((sum, line) => sum + line.usd + line.openUsd, 0));
}
