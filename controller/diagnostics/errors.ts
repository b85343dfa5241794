/**
 * What can go wrong at a port, as codes that callers may branch on. A message is for people and is never matched.
 *
 * - `not-found`: the object, document or prediction is not there (and the answer is trustworthy).
 * - `precondition-failed`: a conditional write lost; read again.
 * - `rate-limited`: try again after `retryAfterMs`.
 * - `unavailable`: a time-out, a reset, a 5xx: nothing is known about the effect.
 * - `auth`: credentials missing, wrong or without the right.
 * - `quota`: no credit or quota left; no call will succeed until a person acts.
 * - `content-rejected`: the provider refuses this picture or prompt for good.
 * - `invalid-input`: what the user wrote cannot be used.
 * - `unsupported`: the store, model or file format cannot do this.
 * - `too-large`: over a configured bound.
 * - `storage-full`: the disk or bucket takes no more.
 * - `read-only`: the place may not be written.
 * - `lease-held`: somebody else is at work on it.
 * - `lease-lost`: our lease was taken over; stop at once.
 * - `interrupted`: told to stop before it was done; what was begun is in the journal.
 * - `budget-exceeded`: the next call could cost more than is allowed.
 * - `unknown-price`: a paid call whose price nobody has written down.
 * - `stale`: the world is no longer what the plan saw.
 * - `corrupt`: stored data cannot be read back.
 * - `internal`: a bug of ours.
 */
export const ERROR_CODES = [
  'not-found',
  'precondition-failed',
  'rate-limited',
  'unavailable',
  'auth',
  'quota',
  'content-rejected',
  'invalid-input',
  'unsupported',
  'too-large',
  'storage-full',
  'read-only',
  'lease-held',
  'lease-lost',
  'interrupted',
  'budget-exceeded',
  'unknown-price',
  'stale',
  'corrupt',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorDetails {
  /** What the user can do about it, as a full sentence. */
  readonly hint?: string;
  /** Milliseconds after which trying again makes sense. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** The one error class of this project: a stable code, a message for people, a hint that says how to mend it. */
export class CallsheetError extends Error {
  override readonly name = 'CallsheetError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** True when `error` is ours and carries one of `codes` (any code when none is given). */
export function isCallsheetError(error: unknown, ...codes: readonly ErrorCode[]): error is CallsheetError {
  return error instanceof CallsheetError && (codes.length === 0 || codes.includes(error.code));
}

/** Codes after which the same call may succeed without anybody changing anything. */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set([
  'rate-limited',
  'unavailable',
  'precondition-failed',
  'lease-held',
  'interrupted',
]);

/** Codes of errors that go away by themselves: they say nothing about what was asked for. */
export const PASSING: ReadonlySet<string> = new Set<ErrorCode>([...TRANSIENT, 'lease-lost']);

export function isTransient(error: unknown): boolean {
  return error instanceof CallsheetError && TRANSIENT.has(error.code);
}

/** Wraps whatever was thrown, so that every error that leaves a port has a code. */
export function toCallsheetError(error: unknown, code: ErrorCode = 'internal'): CallsheetError {
  if (error instanceof CallsheetError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallsheetError(code, message, { cause: error });
}
