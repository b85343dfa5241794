/**
 * Splits `total` into whole counts in proportion to `shares` (Hare quota, largest remainder): each gets the whole part of its quota,
 * and what is left goes, one each, to the largest fractions; ties go to the earlier. The counts always sum to `total`, and each is
 * less than one away from its quota. 65/20/15 of 20 is 13/4/3.
 *
 * Exact: the shares are taken as the decimal numbers that people wrote (33.3 is 333/10), never as binary fractions. Shares are
 * relative to their sum. Throws a RangeError when there is none, or one is negative or not finite, or all are 0.
 */
export function largestRemainder(shares: readonly number[], total: number): number[] {
  const weights = commonDenominator(shares);
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) throw new RangeError('Shares must not all be 0.');
  const quotas = weights.map((weight) => weight * BigInt(total));
  const counts = quotas.map((quota) => Number(quota / sum));
  const left = total - counts.reduce((a, b) => a + b, 0);
  const byFraction = quotas
    .map((quota, index) => ({ fraction: quota % sum, index }))
    .sort((a, b) => (a.fraction === b.fraction ? a.index - b.index : a.fraction > b.fraction ? -1 : 1));
  for (const { index } of byFraction.slice(0, left)) counts[index]! += 1;
  return counts;
}

/** The same numbers times a power of ten that makes all of them whole. */
function commonDenominator(shares: readonly number[]): bigint[] {
  const decimals = shares.map(toDecimal);
  const places = Math.max(0, ...decimals.map((decimal) => decimal.places));
  return decimals.map(({ digits, places: own }) => digits * 10n ** BigInt(places - own));
}

/** The shortest decimal that denotes the number: `digits` x 10^-`places`. */
function toDecimal(value: number): { digits: bigint; places: number } {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${value} is not a share.`);
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}
