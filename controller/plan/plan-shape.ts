import type { ActorPlan } from './plan.ts';

/** Stands where a shape leaves out what is an actor's own. */
const OWN = '';

/** A plan that changes nothing, without what only one actor has: most of a large library shares a few of them. */
export type PlanShape = ActorPlan;

/** An actor's part of such a plan. */
export interface OwnPart {
  readonly actor: string;
  readonly name?: string;
  readonly fingerprint: string;
}

/** Whether nothing is to be done for an actor, and nothing about it is unknown: as long as nothing changes, the next plan says the same. */
export function isAtRest(plan: ActorPlan): plan is ActorPlan & Required<Pick<ActorPlan, 'fingerprint'>> {
  const { status, actions, unknown, fingerprint, targetDigest } = plan;
  const settled = status === 'balanced' || status === 'suspended' || status === 'unreachable';
  return (
    settled &&
    actions.length === 0 &&
    unknown === 0 &&
    fingerprint !== undefined &&
    targetDigest !== undefined
  );
}

/** The shape of a plan at rest; its fields stand in the order of the plan's. */
export function shapeOf(plan: ActorPlan): PlanShape {
  return {
    ...plan,
    actor: OWN,
    ...(plan.name === undefined ? {} : { name: OWN }),
    fingerprint: OWN,
  };
}

/** The plan, with its fields in the same order as ever: it is written to a file as it is. */
export function planOf(shape: PlanShape, own: OwnPart): ActorPlan {
  return { ...shape, ...own };
}
