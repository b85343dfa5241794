/**
 * One aspect of how an actor or the library stands, in the manner of Kubernetes. `Ready` is good when True; `Reconciling` and `Stalled`
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

export type ConditionType = 'Ready' | 'Reconciling' | 'Stalled';

/** - `Ready`: `Balanced`; else why not. - `Reconciling`: `RunOpen`. - `Stalled`: somebody has to act. */
export type ConditionReason =
  | 'Balanced'
  | 'OutsideTolerance'
  | 'TargetUnreachable'
  | 'ObservationIncomplete'
  | 'ObservationFailed'
  | 'Suspended'
  | 'Unmanaged'
  | 'RunOpen';
