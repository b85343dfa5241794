/**
 * One aspect of how an actor or the library stands, in the manner of Kubernetes. `Ready` is good when True; the others
 * are present only while they are True.
 */
export interface Condition {
  readonly type: ConditionType;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: ConditionReason;
  /** A sentence for people. */
  readonly message: string;
  /** What it was observed against: the digest of the desired state. */
  readonly observedGeneration?: string;
  /** RFC 3339: since when the status has been what it is, where that was recorded. */
  readonly lastTransitionTime?: string;
}

/** `HistoryRewritten`: only of the library, a remark that asks for nothing. */
export type ConditionType = 'Ready' | 'Reconciling' | 'Stalled' | 'HistoryRewritten';

/** Why an actor is not ready, or that it is. docs/controller.md explains each. */
export type ActorReason =
  | 'Balanced'
  | 'OutsideTolerance'
  | 'TargetUnreachable'
  | 'ObservationIncomplete'
  | 'ObservationFailed'
  | 'EvaluatorUnavailable'
  | 'ApplyFailed'
  | 'VerificationFailed'
  | 'FlappingDetected'
  | 'Suspended'
  | 'Unmanaged';

/** What a plan that is ready to be applied waits for. */
export const HOLD_REASONS = [
  'Suspended',
  'WindowClosed',
  'AwaitingApproval',
  'GuardDenied',
  'BudgetExhausted',
  'RolloutHalted',
  'ApplyBusy',
  'ProviderUnavailable',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** How the specs stand, as reasons of the library. */
export const SOURCE_REASONS = [
  'SourceUnavailable',
  'RevisionMissing',
  'SpecsInvalid',
  'SignatureInvalid',
  'LibraryUnavailable',
] as const;
export type SourceReason = (typeof SOURCE_REASONS)[number];

/** `Reconciling`: `RunOpen` (a run is in progress or was cut off), `Progressing`, `Retrying`. */
export type ReconcilingReason = 'RunOpen' | 'Progressing' | 'Retrying';

/** Only of the library. `Synced`: every actor that is managed is balanced. `ForcedPush`: the branch of the specs was rewritten. */
export type LibraryReason = 'Synced' | 'ForcedPush';

export type ConditionReason = ActorReason | HoldReason | SourceReason | ReconcilingReason | LibraryReason;

/** Reasons that mean that an actor, or the library, fails. The others are states that somebody wanted, or that pass. */
const FAILURES: ReadonlySet<ConditionReason> = new Set<ConditionReason>([
  'TargetUnreachable',
  'ObservationFailed',
  'EvaluatorUnavailable',
  'ApplyFailed',
  'VerificationFailed',
  'FlappingDetected',
  'ProviderUnavailable',
  'RolloutHalted',
  ...SOURCE_REASONS,
]);

export function isFailure({ status, reason }: Pick<Condition, 'status' | 'reason'>): boolean {
  return status !== 'True' && FAILURES.has(reason);
}

/** Gives conditions the time since which they have had their status: that of `before` where the status is the same. */
export function withTransitions(
  conditions: readonly Condition[],
  before: readonly Condition[],
  at: string,
): Condition[] {
  return conditions.map((condition) => {
    const earlier = before.find(({ type }) => type === condition.type);
    const since = earlier?.status === condition.status ? earlier.lastTransitionTime : undefined;
    return { ...condition, lastTransitionTime: since ?? at };
  });
}

/** Actors that no distribution selects are nobody's trouble. */
export function isAsItShouldBe(ready: Pick<Condition, 'status' | 'reason'> | undefined): boolean {
  return ready?.status === 'True' || ready?.reason === 'Unmanaged';
}

export function readyOf(conditions: readonly Condition[]): Condition | undefined {
  return conditions.find(({ type }) => type === 'Ready');
}
