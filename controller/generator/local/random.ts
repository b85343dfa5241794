import { createHash } from 'node:crypto';

/** A reproducible source of numbers: the same seed text gives the same sequence on every machine. */
export interface Random {
  /** The next number, 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** The next number between `low` and `high`. */
  between(low: number, high: number): number;
  /** One element; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
}

/** Starts a sequence (sfc32) from any number of texts; each text counts, and so does where it ends. */
export function createRandom(...seeds: readonly string[]): Random {
  const digest = createHash('sha256').update(JSON.stringify(seeds)).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = digest.readInt32LE(12);

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  }
  function between(low: number, high: number): number {
    return low + (high - low) * next();
  }
  function pick<T>(items: readonly T[]): T {
    return items[Math.floor(next() * items.length)] as T;
  }
  return { next, between, pick };
}
