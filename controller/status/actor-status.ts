import { sentence } from '../diagnostics/sentence.ts';
import type { ActorPlan, ActorPlanStatus } from '../plan/plan.ts';
import type { Journal } from '../records/journal.ts';
import type { Condition, ConditionReason } from './condition.ts';

/** How one actor stands. */
export interface ActorStatus {
  readonly actor: string;
  readonly name?: string;
  readonly type: string;
  readonly distribution?: string;
  readonly total: ActorPlan['total'];
  readonly conditions: readonly Condition[];
  /** Digest of the desired state that the conditions are about. */
  readonly observedGeneration?: string;
  /** Where a controller has looked: under which revision last, and the last under which the actor was as it should be. */
  readonly lastAttemptedRevision?: string;
  readonly lastAppliedRevision?: string;
}

const READY: Readonly<Record<ActorPlanStatus, readonly [Condition['status'], ConditionReason]>> = {
  balanced: ['True', 'Balanced'],
  changes: ['False', 'OutsideTolerance'],
  unreachable: ['False', 'TargetUnreachable'],
  incomplete: ['Unknown', 'ObservationIncomplete'],
  suspended: ['False', 'Suspended'],
  unmanaged: ['Unknown', 'Unmanaged'],
  error: ['Unknown', 'ObservationFailed'],
};

/** Nothing but a person's doing changes these. */
const STALLED: ReadonlySet<ActorPlanStatus> = new Set(['unreachable', 'error']);

/** What an actor's plan, and a run that has not ended, say of it as conditions. `Ready` comes first. */
export function summarizeActor(plan: ActorPlan, journal: Journal | undefined): ActorStatus {
  const { actor, name, type, distribution, total } = plan;
  return {
    actor,
    type,
    total,
    ...(name === undefined ? {} : { name }),
    ...(distribution === undefined ? {} : { distribution }),
    ...generation(plan),
    conditions: [
      readyCondition(plan),
      ...(journal === undefined ? [] : [reconcilingCondition(plan, journal)]),
      ...(STALLED.has(plan.status)
        ? [{ ...readyCondition(plan), type: 'Stalled', status: 'True' } as const]
        : []),
    ],
  };
}

/** What an actor's plan alone says of it. */
export function readyCondition(plan: ActorPlan): Condition {
  const [status, reason] = READY[plan.status];
  return { type: 'Ready', status, reason, message: messageOf(plan), ...generation(plan) };
}

function reconcilingCondition(plan: ActorPlan, { run, steps }: Journal): Condition {
  const open = steps.filter(({ stage }) => !['done', 'failed', 'skipped'].includes(stage)).length;
  const message = `Run ${run} is in progress or was cut off: ${open} of ${steps.length} actions are open; the next apply settles them.`;
  return { type: 'Reconciling', status: 'True', reason: 'RunOpen', message, ...generation(plan) };
}

function generation({ targetDigest }: ActorPlan): Pick<Condition, 'observedGeneration'> {
  return targetDigest === undefined ? {} : { observedGeneration: targetDigest };
}

function messageOf(plan: ActorPlan): string {
  const { before, target } = plan.total;
  switch (plan.status) {
    case 'balanced':
      return `${before} of ${target} images, every category within its tolerance.`;
    case 'changes':
      return `${mix(plan)}; ${actionsOf(plan)} to do.`;
    case 'suspended':
      return suspendedMessage(plan);
    case 'incomplete':
      return `${plan.unknown} of ${before} images are not evaluated or could not be read.`;
    default:
      return plan.notes[0]?.message ?? mix(plan);
  }
}

function suspendedMessage(plan: ActorPlan): string {
  const why = sentence(plan.notes.find(({ code }) => code === 'suspended')?.message ?? 'Suspended');
  const { length } = plan.actions;
  return length === 0 ? why : `${why} ${actionsOf(plan)} ${length === 1 ? 'is' : 'are'} held back.`;
}

/** The categories that are off: `Photorealistic 15 of 13`. */
function mix({ categories, total }: ActorPlan): string {
  const off = categories
    .filter(({ before, target }) => before !== target)
    .map(({ title, before, target }) => `${title} ${before} of ${target}`);
  return off.length === 0
    ? `${total.before} of ${total.target} ${total.target === 1 ? 'image' : 'images'}`
    : off.join(', ');
}

function actionsOf({ actions }: ActorPlan): string {
  return actions.length === 1 ? '1 action' : `${actions.length} actions`;
}
