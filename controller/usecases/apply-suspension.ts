import type { ActorPlan } from '../plan/plan.ts';
import { currentSuspension } from '../spec/matching.ts';
import type { Suspension } from '../spec/target.ts';
import { suspensionOf } from '../status/suspensions.ts';
import type { Workspace } from '../workspace.ts';
import { readSuspensions } from './suspend.ts';

/**
 * Why nothing may be done to an actor of a plan at this moment, whenever the plan was made: somebody may have said stop since, in the
 * specs or by command. Reads state anew.
 *
 * @throws CallsheetError when state cannot be read: then it is not known that the actor may be worked on.
 */
export async function suspensionNow(
  { specs, state, clock }: Workspace,
  { actor, distribution = '' }: Pick<ActorPlan, 'actor' | 'distribution'>,
  signal?: AbortSignal,
): Promise<Suspension | undefined> {
  const nowMs = clock.now();
  const target = specs.distributions.find(({ name }) => name === distribution)?.target;
  return (
    currentSuspension([specs.library.suspended, target?.suspended], nowMs) ??
    suspensionOf(await readSuspensions(state, signal), actor, distribution, nowMs)
  );
}
