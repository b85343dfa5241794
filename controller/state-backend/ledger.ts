/** Upper bounds in USD; absent is no bound. */
export interface Budget {
  readonly perRunUsd?: number;
  /** Per day in UTC, over all runs and processes that share the state. */
  readonly perDayUsd?: number;
}

/** A paid call, named so that the same call has the same name after a crash: `<run>/<action>/<attempt>`. */
export interface PaidCall {
  readonly id: string;
  readonly run: string;
  /** Milliseconds since the epoch: how far back the ledger has to be read for this run. */
  readonly runStartedMs: number;
}

/** What a paid call is for; `costs` sums by some of it. */
export interface Purpose {
  readonly actor: string;
  readonly actorType: string;
  /** The action's id, or `evaluate`. */
  readonly action: string;
  readonly model: string;
}

export interface ReserveRequest {
  readonly call: PaidCall;
  readonly purpose: Purpose;
  /** The most that it can cost. Undefined (nobody knows the price) is refused. */
  readonly amountUsd: number | undefined;
  readonly budget: Budget;
  /** For calls that nobody can ask about later: see `Lapse`. */
  readonly lapse?: Lapse;
}

/**
 * What becomes of a reservation whose process dies, where no journal will settle it: after this time, which no living process needs to settle
 * it, it counts as spent, at this amount.
 */
export interface Lapse {
  readonly afterMs: number;
  /** No more than what is reserved is counted. */
  readonly usd: number;
}

/** What was spent on one day by one run with one model for one type of actor. */
export interface CostLine {
  /** `2026-11-22`, UTC: the day of the reservation. */
  readonly day: string;
  readonly run: string;
  readonly actorType: string;
  readonly model: string;
  /** Settled calls. */
  readonly calls: number;
  readonly usd: number;
  /** Reserved and neither settled nor released: counted against budgets. */
  readonly openCalls: number;
  readonly openUsd: number;
}

/**
 * Money, counted before it is spent. `reserve` before every paid call, then `settle` with what it cost, or `release` when it is certain
 * that nothing was bought. A reservation whose process died stays counted as spent until whoever recovers the run does one of the two, or
 * until it lapses.
 *
 * All three may be repeated: a reservation is found again by its id, and an id that is no longer open is left alone.
 */
export interface Ledger {
  /** Rejects with `budget-exceeded`, `unknown-price`, or as the state backend does; then nothing is reserved. */
  reserve(request: ReserveRequest, signal?: AbortSignal): Promise<void>;
  settle(call: PaidCall, actualUsd: number, signal?: AbortSignal): Promise<void>;
  release(call: PaidCall, signal?: AbortSignal): Promise<void>;
  /** By day and run, oldest first. Days are inclusive. */
  costs(
    range?: { readonly fromDay?: string; readonly toDay?: string },
    signal?: AbortSignal,
  ): Promise<readonly CostLine[]>;
}
