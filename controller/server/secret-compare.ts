import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether two secrets are the same, in a time that tells nothing of either, not even its length. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

/** Compares with every one of them, so that the time does not tell which it was. */
export function findSecret<T>(
  given: string,
  known: readonly T[],
  secretOf: (one: T) => string,
): T | undefined {
  let found: T | undefined;
  for (const one of known) if (sameSecret(given, secretOf(one))) found = one;
  return found;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
