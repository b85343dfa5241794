import { NO_COST } from './cost.ts';
import type { ActorPlan, PlanNote } from './plan.ts';

/** Who an actor is, as far as that is known. */
export interface ActorIdentity {
  readonly actor: string;
  readonly name?: string;
  readonly type: string;
}

/** The plan of an actor that nothing is done about: no distribution matches it, or it could not be planned. The note says why. */
export function unplannedActor(
  identity: ActorIdentity,
  status: 'unmanaged' | 'error',
  note: PlanNote,
  images = 0,
): ActorPlan {
  const { actor, name, type } = identity;
  return {
    actor,
    ...(name === undefined ? {} : { name }),
    type,
    status,
    total: { before: images, target: images, after: images },
    categories: [],
    unknown: 0,
    unreadable: 0,
    actions: [],
    notes: [note],
    cost: NO_COST,
  };
}
