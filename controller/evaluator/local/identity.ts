import { createHash } from 'node:crypto';
import head from './assets/head.json' with { type: 'json' };
import type { Claims } from './style.ts';

/** Raised when measuring or judging changes in a way that the head and the taxonomy do not show. */
const ALGORITHM = 1;

/** Names everything a verdict depends on, so that verdicts are kept exactly as long as they would come out the same. */
export function evaluatorId(claims: Claims, uncertainBelow: number): string {
  const digest = createHash('sha256').update(JSON.stringify({ head, claims, uncertainBelow })).digest('hex');
  return `local:${ALGORITHM}:${digest.slice(0, 12)}`;
}
