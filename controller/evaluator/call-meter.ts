/** A paid call that is about to be made. */
export interface MeteredCall {
  readonly actor: string;
  /** Evaluator and model, as in the evaluator's id without its digest. */
  readonly model: string;
  /** The most that the call can cost, in US dollars. */
  readonly maxUsd: number;
  /** What it counts as when nobody lives to settle it: no less than such a call costs as a rule, and no more than `maxUsd`. */
  readonly cutOffUsd: number;
}

/**
 * Port: counts money before it is spent. Evaluators that cost money call `reserve` before each single call to the provider, repeats
 * included, and the function it returns with what the call cost (the whole reservation when nobody knows).
 */
export interface CallMeter {
  /** Rejects with `budget-exceeded`; the call is then not made. */
  reserve(call: MeteredCall, signal?: AbortSignal): Promise<(costUsd: number) => Promise<void>>;
}

/** For those who set no bounds. */
export const unmetered: CallMeter = {
  async reserve() {
    return async () => {};
  },
};
