import type { ActorPlan, CategoryCounts } from '../../plan/plan.ts';
import type { ActorRun } from '../../records/run-record.ts';
import { readyCondition } from '../../status/actor-status.ts';
import { type Condition, readyOf } from '../../status/condition.ts';
import type { ActorStatusDocument } from '../../status/status-document.ts';

/** The four answers to "how is it?" that a producer needs. */
export type Standing = 'balanced' | 'off' | 'failing' | 'waiting';

export const STANDINGS: readonly Standing[] = ['failing', 'off', 'waiting', 'balanced'];

/** One actor as the fleet page knows it. */
export interface FleetRow {
  readonly actor: string;
  readonly name: string;
  readonly type: string;
  readonly standing: Standing;
  readonly reason: string;
  readonly message: string;
  /** RFC 3339: when this was last true for sure. */
  readonly seenAt: string;
  readonly images: number;
  /** 0 when no distribution holds for it. */
  readonly target: number;
  readonly categories: readonly CategoryCounts[];
  /** Actions of the newest plan that are still to be done. */
  readonly going: number;
  readonly coming: number;
  /** Entries of the manifest to be dropped. */
  readonly fixes: number;
}

/** Reasons that end by themselves, or when a person says so. */
const WAITING: ReadonlySet<string> = new Set([
  'Suspended',
  'WindowClosed',
  'AwaitingApproval',
  'GuardDenied',
  'BudgetExhausted',
  'RolloutHalted',
  'ApplyBusy',
  'ObservationIncomplete',
  'Unmanaged',
  'Progressing',
]);

/** How a Ready condition is told in one of four words. */
export function standingOf(
  { status, reason }: Pick<Condition, 'status' | 'reason'>,
  stalled: boolean,
): Standing {
  if (status === 'True') return 'balanced';
  if (reason === 'OutsideTolerance' && !stalled) return 'off';
  return WAITING.has(reason) ? 'waiting' : 'failing';
}

/** What a plan says of an actor. */
export function rowOfPlan(plan: ActorPlan, createdAt: string): FleetRow {
  const ready = readyCondition(plan);
  const pending = plan.status === 'suspended' ? [] : plan.actions;
  return {
    actor: plan.actor,
    name: plan.name ?? '',
    type: plan.type,
    standing: standingOf(ready, false),
    reason: ready.reason,
    message: ready.message,
    seenAt: createdAt,
    images: plan.total.before,
    target: plan.status === 'unmanaged' || plan.status === 'error' ? 0 : plan.total.target,
    categories: plan.categories,
    going: pending.filter(({ kind }) => kind === 'delete').length,
    coming: pending.filter(({ kind }) => kind === 'generate' || kind === 'restore' || kind === 'adopt')
      .length,
    fixes: pending.filter(({ kind }) => kind === 'forget').length,
  };
}

/** The row after a run: counts as the run left them, and what they mean. */
export function rowAfterRun(row: FleetRow, run: ActorRun, at: string): FleetRow {
  const { after, outcome, error } = run;
  if (after === undefined) {
    if (outcome !== 'failed' && outcome !== 'partial') return row;
    return {
      ...row,
      standing: 'failing',
      reason: 'ApplyFailed',
      message: error?.message ?? 'Some actions failed.',
      seenAt: at,
    };
  }
  const categories = row.categories.map((counts) => ({ ...counts, before: after[counts.category] ?? 0 }));
  const images = Object.values(after).reduce((sum, count) => sum + count, 0);
  const inside = categories.every(
    ({ before, target, band }) => before >= (band?.low ?? target) && before <= (band?.high ?? target),
  );
  const balanced = inside && images === row.target;
  const changed = { ...row, categories, images, seenAt: at, going: 0, coming: 0, fixes: 0 };
  if (balanced) {
    const message = `${images} of ${row.target} images, every category within its tolerance.`;
    return { ...changed, standing: 'balanced', reason: 'Balanced', message };
  }
  if (outcome === 'failed' || outcome === 'partial') {
    const message = error?.message ?? `${images} of ${row.target} images: some actions failed.`;
    return { ...changed, standing: 'failing', reason: 'ApplyFailed', message };
  }
  return {
    ...changed,
    standing: 'off',
    reason: 'OutsideTolerance',
    message: `${images} of ${row.target} images.`,
  };
}

/**
 * The row with what the controller says of the actor. A controller knows why nothing happens (a window, an approval, a guard), which no
 * plan does; but what was seen later than its word counts more where the two differ about balance.
 */
export function rowWithStatus(row: FleetRow | undefined, document: ActorStatusDocument): FleetRow {
  const ready = readyOf(document.conditions);
  const stalled = document.conditions.some(({ type }) => type === 'Stalled');
  const base = row ?? emptyRow(document);
  if (ready === undefined) return base;
  const standing = standingOf(ready, stalled);
  const since = ready.lastTransitionTime;
  if (row !== undefined && (since === undefined || (differs(standing, row) && since < row.seenAt)))
    return row;
  return {
    ...base,
    ...(document.name === undefined ? {} : { name: document.name }),
    standing,
    reason: ready.reason,
    message: ready.message,
  };
}

function differs(standing: Standing, row: FleetRow): boolean {
  return (standing === 'balanced') !== (row.standing === 'balanced');
}

function emptyRow({ actor, name, actorType, total }: ActorStatusDocument): FleetRow {
  return {
    actor,
    name: name ?? '',
    type: actorType,
    standing: 'waiting',
    reason: 'Progressing',
    message: 'Nobody has looked at it yet.',
    seenAt: '',
    images: total.before,
    target: total.target,
    categories: [],
    going: 0,
    coming: 0,
    fixes: 0,
  };
}
