import type { Clock } from '../runtime/clock.ts';
import type { Grant, SharedLimits } from '../runtime/shared-limits.ts';
import { changeDocument } from './change-document.ts';
import type { StateBackend } from './state-backend.ts';

/** `limits/<provider>.json`. */
interface LimitsDocument {
  readonly formatVersion: '1.0';
  /** Those of the last minute, oldest first. Milliseconds since the epoch. */
  readonly grants: readonly { readonly atMs: number; readonly calls: number }[];
  readonly pausedUntilMs: number;
}

const EMPTY: LimitsDocument = { formatVersion: '1.0', grants: [], pausedUntilMs: 0 };
/** A call may begin this long after it was granted; so long it counts for more than a minute. */
const GRACE_MS = 2_000;
const WINDOW_MS = 60_000 + GRACE_MS;

/**
 * Limits of providers as documents that all processes change by compare-and-swap. Calls are granted some at a time, so that a fast provider does
 * not cost a round trip a call. The clocks of the processes must agree to the second.
 */
export function createSharedLimits(state: StateBackend, clock: Clock): SharedLimits {
  return {
    async grant(provider, wanted, perMinute, signal) {
      let grant: Grant | undefined;
      const change = (document: LimitsDocument) => {
        const [next, given] = granted(document, wanted, perMinute, clock.now());
        grant = given;
        return next;
      };
      await changeDocument(state, pathOf(provider), EMPTY, change, signal);
      return grant!;
    },
    async pause(provider, untilMs) {
      const change = (document: LimitsDocument) =>
        document.pausedUntilMs >= untilMs ? document : { ...document, pausedUntilMs: untilMs };
      // The others then find out by themselves.
      await changeDocument(state, pathOf(provider), EMPTY, change).catch(() => undefined);
    },
  };
}

function granted(
  document: LimitsDocument,
  wanted: number,
  perMinute: number,
  nowMs: number,
): [LimitsDocument, Grant] {
  const { pausedUntilMs } = document;
  const grants = document.grants.filter(({ atMs }) => atMs > nowMs - WINDOW_MS);
  const left = perMinute - grants.reduce((sum, { calls }) => sum + calls, 0);
  const calls = pausedUntilMs > nowMs ? 0 : Math.max(0, Math.min(wanted, left));
  const untilMs = nowMs + GRACE_MS;
  if (calls > 0) {
    const next = { ...document, grants: [...grants, { atMs: nowMs, calls }] };
    return [next, { calls, untilMs, waitMs: 0, pausedUntilMs }];
  }
  const windowMs = left > 0 ? 0 : (grants[0]?.atMs ?? nowMs) + WINDOW_MS - nowMs;
  return [document, { calls, untilMs, waitMs: Math.max(windowMs, pausedUntilMs - nowMs, 1), pausedUntilMs }];
}

function pathOf(provider: string): string {
  return `limits/${provider}.json`;
}
