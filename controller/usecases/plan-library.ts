import pMap from 'p-map';
import { isCallsheetError } from '../diagnostics/errors.ts';
import { messageWithHint } from '../diagnostics/sentence.ts';
import type { Actor } from '../library/actor-manifest.ts';
import { readActor } from '../observe/actor-files.ts';
import { assemblePlan } from '../plan/assemble.ts';
import { checkGuards } from '../plan/guards.ts';
import type { ActorPlan, Plan } from '../plan/plan.ts';
import { timeId } from '../runtime/ids.ts';
import type { ProgressEvent } from '../views/events.ts';
import type { Workspace } from '../workspace.ts';
import { BaseComparison, type BaseSpecs } from './compare-base.ts';
import { guardPolicy } from './guard-policy.ts';
import { beginPass } from './library-pass.ts';
import { failedPlan, planActorLive } from './plan-actor-live.ts';
import type { RememberedPlan } from './plan-memory.ts';
import { underRun } from './run-log.ts';
import type { ActorSelection } from './select-actors.ts';

export interface PlanRequest extends ActorSelection {
  /** False: no paid call, nothing read that is not known, nothing written. */
  readonly refresh: boolean;
  /** Tell what is the doing of the change from these specs to the workspace's. */
  readonly base?: BaseSpecs;
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
  const library = await beginPass(workspace, request, signal);
  const { ids, workspace: pass } = library;
  report({ type: 'phase-started', phase: 'observe', total: ids.length });
  const comparison = request.base === undefined ? undefined : new BaseComparison(workspace, request.base);
  const memory = library.remember(request.refresh ? 'keep' : 'only-read');
  const seen = new Map<string, Actor>();
  let mode: 'refresh' | 'read-only' = request.refresh ? 'refresh' : 'read-only';
  const planLive = async (id: string): Promise<ActorPlan> => {
    const live = await planActorLive(pass, id, mode, signal);
    const { plan, view } = live;
    comparison?.add(id, view);
    if (!request.refresh && view !== undefined) seen.set(id, view.actor);
    if (mode === 'refresh') await memory?.remember(id, live, signal);
    return plan;
  };
  const planAnew = async (id: string): Promise<ActorPlan | undefined> => {
    if (!(await isOfType(workspace, id, request.types, signal))) return undefined;
    try {
      return await planLive(id);
    } catch (error) {
      if (!isCallsheetError(error)) throw error;
      if (mode === 'refresh') report({ type: 'warning', code: error.code, message: messageWithHint(error) });
      mode = 'read-only';
      const plan = await planLive(id);
      return plan.status === 'error'
        ? plan
        : { ...plan, notes: [...plan.notes, ...failedPlan(id, error).notes] };
    }
  };
  const planOne = async (id: string): Promise<ActorPlan | undefined> => {
    signal?.throwIfAborted();
    const known = comparison === undefined ? await memory?.find(id, signal) : undefined;
    if (known !== undefined) report(asObserved(id, known));
    const plan = known === undefined ? await planAnew(id) : ofTypes(known.plan, request.types);
    await memory?.done(id, signal);
    return plan;
  };
  const plans = await pMap(ids, planOne, { concurrency: settings.limits.concurrency, stopOnError: true });
  report({ type: 'phase-finished', phase: 'observe' });
  const actors = plans.filter((plan) => plan !== undefined);
  const header = planHeader(workspace, request);
  // With a refresh they have been evaluated, and paid for, by now.
  const unevaluated = request.refresh ? undefined : (id: string) => seen.get(id);
  const policy = await guardPolicy(workspace, actors, { comparison, unevaluated });
  const base = comparison === undefined ? {} : { base: comparison.result(actors) };
  return assemblePlan({ ...header, ...base }, actors, checkGuards(actors, policy));
}

/** The event of an actor that is as it was. */
export function asObserved(actor: string, { images }: RememberedPlan): ProgressEvent {
  return { type: 'actor-observed', actor, images, read: 0, evaluated: 0, costUsd: 0 };
}

function ofTypes(plan: ActorPlan, types: readonly string[] = []): ActorPlan | undefined {
  return types.length === 0 || types.includes(plan.type) ? plan : undefined;
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
