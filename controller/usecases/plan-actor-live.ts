import { isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { messageWithHint } from '../diagnostics/sentence.ts';
import type { Actor } from '../library/actor-manifest.ts';
import { type ActorView, observeActor } from '../observe/observe-actor.ts';
import type { ActorPlan, PlanNote } from '../plan/plan.ts';
import { type PlanPolicy, planActor } from '../plan/planner.ts';
import { unplannedActor } from '../plan/unplanned.ts';
import { type SelectableActor, targetOf } from '../spec/matching.ts';
import type { Target } from '../spec/target.ts';
import { suspensionOf } from '../status/suspensions.ts';
import type { Workspace } from '../workspace.ts';
import { lookFurther } from './look-further.ts';

/** An actor's plan with the view it rests on; the view is absent when the actor could not be observed. */
export interface LivePlan {
  readonly plan: ActorPlan;
  readonly view?: ActorView;
}

/** Second looks change verdicts, which changes what would be deleted, which may want second looks. Three rounds settle it or it waits. */
const CONFIRM_ROUNDS = 3;

export function planPolicy({ generator, observing, settings }: Workspace, actor: Actor): PlanPolicy {
  return {
    generationUsd: generator.priceUsd,
    evaluationUsd: observing.evaluatorFor(actor).estimateCostUsd(1),
    maxAttempts: settings.generator.maxAttempts,
  };
}

/**
 * Observes one actor and plans it. Errors of the actor become its plan's status; only what stops every actor is thrown.
 *
 * @param mode see ObserveOptions.
 */
export async function planActorLive(
  workspace: Workspace,
  id: string,
  mode: 'refresh' | 'read-only',
  signal?: AbortSignal,
): Promise<LivePlan> {
  try {
    let view = await observeActor(workspace.observing, id, { mode }, signal);
    const target = targetFor(workspace, view.actor);
    if (!('total' in target)) return { plan: unplanned(view, target), view };
    let plan = planActor(target, view.observation, planPolicy(workspace, view.actor));
    for (let round = 0; mode === 'refresh' && round < CONFIRM_ROUNDS; round += 1) {
      const doubtful = unconfirmedDeletes(workspace, plan, view);
      if (doubtful.size === 0) break;
      view = await observeActor(workspace.observing, id, { mode, confirm: doubtful }, signal);
      plan = planActor(target, view.observation, planPolicy(workspace, view.actor));
    }
    return await lookFurther(workspace, { plan: withJournalNote(plan, view), view }, mode, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (isCallsheetError(error, 'auth', 'quota', 'budget-exceeded', 'unknown-price')) throw error;
    return { plan: failedPlan(id, toCallsheetError(error)) };
  }
}

/** What the specs, and what people have suspended by command, say of an actor; a note when that is no target. */
export function targetFor(
  { specs, clock, suspensions }: Workspace,
  actor: SelectableActor,
): Target | PlanNote {
  const found = targetOf(specs, actor, clock.now());
  if (found.kind === 'target') {
    const suspended = suspensionOf(suspensions, actor.id, found.target.distribution, clock.now());
    return suspended === undefined ? found.target : { ...found.target, suspended };
  }
  if (found.kind === 'conflict')
    return { code: 'conflict', message: `${found.message} Make their selectors disjoint.` };
  const type = actor.type === '' ? 'has no type' : `is of type "${actor.type}"`;
  return {
    code: 'unmanaged',
    message: `Actor "${actor.id}" ${type}, and no distribution selects it; nothing is changed.`,
  };
}

/** Images to be deleted for being too many that were only seen small, on a sheet. */
function unconfirmedDeletes(
  { observing }: Workspace,
  plan: ActorPlan,
  { actor, observation }: ActorView,
): Set<string> {
  if (!observing.confirm || observing.evaluatorFor(actor).confirm === undefined) return new Set();
  const going = new Set(plan.actions.flatMap((action) => (action.kind === 'delete' ? [action.image] : [])));
  return new Set(
    observation.images
      .filter((image) => going.has(image.image) && image.judgedBy === 'evaluator' && image.confirmed !== true)
      .map((image) => image.image),
  );
}

function unplanned({ actor, observation }: ActorView, note: PlanNote): ActorPlan {
  const identity = {
    actor: actor.id,
    type: actor.type,
    ...(actor.name === undefined ? {} : { name: actor.name }),
  };
  return unplannedActor(
    identity,
    note.code === 'unmanaged' ? 'unmanaged' : 'error',
    note,
    observation.images.length,
  );
}

export function failedPlan(
  id: string,
  error: { code: string; message: string; hint: string | undefined },
): ActorPlan {
  return unplannedActor({ actor: id, type: '' }, 'error', {
    code: error.code,
    message: messageWithHint(error),
  });
}

function withJournalNote(plan: ActorPlan, { record }: ActorView): ActorPlan {
  const { journal } = record.record;
  if (journal === undefined) return plan;
  const message = `run ${journal.run} of this actor is in progress or was cut off; the next apply settles it first.`;
  return { ...plan, notes: [...plan.notes, { code: 'run-open', message }] };
}
