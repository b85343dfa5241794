/** How long a key waits after its n-th failure in a row. */
export interface BackoffPolicy {
  /** Milliseconds after the first failure; doubles with every further one. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** Share of the delay that chance may take off, so that keys that failed together do not come back together. 0 to 0.5. */
  readonly jitter: number;
}

/** As Flux does: soon after the first failure, hardly ever after many. */
export const DEFAULT_BACKOFF: BackoffPolicy = { baseMs: 750, maxMs: 15 * 60_000, jitter: 0.25 };

/**
 * The delay in whole milliseconds.
 *
 * @param failures in a row, from 1 on.
 * @param random in [0, 1).
 */
export function backoffMs(failures: number, random: number, policy: BackoffPolicy = DEFAULT_BACKOFF): number {
  const full = Math.min(policy.maxMs, policy.baseMs * 2 ** Math.min(failures - 1, 40));
  return Math.round(full * (1 - policy.jitter * random));
}
