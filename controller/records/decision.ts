/** What a person has decided for the library, whichever way they said it, as it is told. */
export type PersonsDecision = {
  readonly by: string;
  /** RFC 3339. */
  readonly saidAt: string;
} & (
  | {
      readonly type: 'plan-decided';
      readonly plan: string;
      readonly verdict: 'approved' | 'rejected';
      /** Guards that are lifted for this plan. */
      readonly guards?: readonly string[];
      /** How many of its actors it is about; absent: all of them. */
      readonly actors?: number;
      readonly reason?: string;
    }
  | {
      readonly type: 'suspended';
      readonly what: string;
      readonly reason: string;
      readonly until?: string;
    }
  | {
      readonly type: 'resumed';
      readonly what: string;
      readonly suspendedBy: string;
      readonly hasEnded: false;
    }
);
