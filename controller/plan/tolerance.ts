import type { CategoryTarget, Target } from '../spec/target.ts';

/** The counts of one category that leave an actor balanced, both ends included. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Guards against binary fractions: 0.1 + 0.2 must not fall outside a tolerance of 0.3. */
const EPSILON = 1e-9;

/**
 * The band of counts that the tolerance allows a category. The exact count is always inside, however small the tolerance: an actor
 * that an apply has just brought to its target must count as balanced.
 */
export function toleranceBand(target: Target, category: CategoryTarget): Band {
  const { unit, value } = target.tolerance;
  const nominal = (category.share / 100) * target.total;
  const centre = unit === 'images' ? category.count : nominal;
  const slack =
    unit === 'images' ? value : unit === 'points' ? (value / 100) * target.total : (value / 100) * nominal;
  return {
    low: Math.min(category.count, Math.max(0, Math.ceil(centre - slack - EPSILON))),
    high: Math.max(category.count, Math.min(target.total, Math.floor(centre + slack + EPSILON))),
  };
}
