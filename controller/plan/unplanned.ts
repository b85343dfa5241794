import { NO_COST } from './cost.ts';
import type { ActorPlan } from './plan.ts';

/** Who an actor is, as far as that is known. */
export interface ActorIdentity {
  readonly actor: string;
  readonly name?: string;
  readonly type: string;
}

/** The plan of an actor that no distribution matches: nothing is done about it. */
export function unmanagedActor(identity: ActorIdentity, images: number): ActorPlan {
  const message = 'No distribution matches this actor: nothing is done about it.';
  return {
    ...nothing(identity),
    status: 'unmanaged',
    total: { before: images, target: 0, after: images },
    notes: [{ code: 'unmanaged', message }],
  };
}

/** The plan of an actor that could not be planned: nothing is done about it, and the note says why. */
export function failedActor(
  identity: ActorIdentity,
  error: { readonly code: string; readonly message: string },
): ActorPlan {
  return { ...nothing(identity), status: 'error', notes: [{ code: error.code, message: error.message }] };
}

function nothing({ actor, name, type }: ActorIdentity): ActorPlan {
  return {
    actor,
    ...(name === undefined ? {} : { name }),
    type,
    status: 'error',
    total: { before: 0, target: 0, after: 0 },
    categories: [],
    unknown: 0,
    unreadable: 0,
    actions: [],
    notes: [],
    cost: NO_COST,
  };
}
