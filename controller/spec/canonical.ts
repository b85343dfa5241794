import { createHash } from 'node:crypto';

/**
 * JSON that is the same for equal values: keys in code-unit order, no white space, fields that are `undefined` left out. Throws a
 * TypeError for what JSON cannot say exactly (functions, symbols, bigints, NaN, infinities): a digest over a guess would be worthless.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value as Record<string, unknown>);
  throw new TypeError(`A ${typeof value} has no canonical JSON.`);
}

/** SHA-256 over the canonical JSON of a value, in hex. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON.`);
  return JSON.stringify(value);
}

function canonicalObject(value: Record<string, unknown>): string {
  if (value instanceof Map || value instanceof Set)
    throw new TypeError('Maps and sets have no canonical JSON.');
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}
