/** One category's part in an allocation. */
export interface Share {
  /** At least this many: images that may not be deleted, or the lower end of the tolerance. */
  readonly low: number;
  /** At most this many. */
  readonly high: number;
  /** Cost of ending at `count`, compared entry by entry from the left. Each entry must be convex in `count`. */
  readonly cost: (count: number) => readonly number[];
}

/**
 * Chooses a count for each category, within its bounds and with the given sum, at the least total cost.
 *
 * Every cost is convex in its count and costs of different categories add up, so handing out one unit at a time to whoever pays least
 * for it is optimal (Fox 1966, "Discrete optimization via marginal analysis"). Ties go to the earlier category. `undefined` when the
 * bounds leave no such choice.
 */
export function allocate(shares: readonly Share[], sum: number): number[] | undefined {
  if (shares.some(({ low, high }) => low > high)) return undefined;
  const counts = shares.map((share) => share.low);
  let left = sum - counts.reduce((total, count) => total + count, 0);
  if (left < 0) return undefined;
  const marginals = shares.map((share, index) => marginal(share, counts[index]!));
  for (; left > 0; left -= 1) {
    let best = -1;
    for (let index = 0; index < shares.length; index += 1) {
      const candidate = marginals[index];
      if (candidate !== undefined && (best < 0 || compareCosts(candidate, marginals[best]!) < 0))
        best = index;
    }
    if (best < 0) return undefined;
    counts[best]! += 1;
    marginals[best] = marginal(shares[best]!, counts[best]!);
  }
  return counts;
}

/** What one more would cost, or undefined when there is no room. */
function marginal(share: Share, count: number): readonly number[] | undefined {
  if (count >= share.high) return undefined;
  const now = share.cost(count);
  return share.cost(count + 1).map((value, index) => value - now[index]!);
}

function compareCosts(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const difference = a[index]! - b[index]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
