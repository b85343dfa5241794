import { CallsheetError, type ErrorDetails } from '../../diagnostics/errors.ts';
import { retryAfterMs } from '../../runtime/retry-after.ts';
import { MODEL_LIFECYCLES } from '../../spec/models.ts';

/** What the SDK's errors have in common; its classes are loaded only when they are needed. */
interface ApiErrorLike {
  readonly status?: number | undefined;
  readonly code?: string | null | undefined;
  readonly param?: string | null | undefined;
  readonly headers?: Headers | undefined;
}

/** No call will succeed until somebody pays or is let in. */
const QUOTA_CODES = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active']);

/** A picture on the sheet is refused: which one, only smaller sheets can tell. */
const CONTENT_CODES = new Set([
  'content_policy_violation',
  'image_content_policy_violation',
  'content_filter',
  'moderation_blocked',
  'invalid_prompt',
]);

/**
 * Turns whatever the SDK throws into our codes. The provider's own message is left out: it can quote keys and prompts. Status and
 * codes say enough, and the cause is not kept because it holds the request.
 */
export function toApiError(error: unknown, model: string, nowMs: number): CallsheetError {
  if (error instanceof CallsheetError) return error;
  const { status, code, param, headers } = error as ApiErrorLike;
  const what = describe(status, code, param);
  if (code != null && QUOTA_CODES.has(code)) return quota(what);
  if (code != null && CONTENT_CODES.has(code))
    return new CallsheetError('content-rejected', `a picture was refused (${what})`);
  if (status === undefined)
    return unavailable('did not answer, or answered with something that is no answer');
  if (status === 401 || status === 403) return auth(what);
  if (status === 402) return quota(what);
  if (status === 404) return unknownModel(model, what);
  if (status === 429) {
    const waitMs = headers === undefined ? undefined : retryAfterMs(headers, nowMs);
    return new CallsheetError(
      'rate-limited',
      `too many calls (${what})`,
      waitMs === undefined ? {} : { retryAfterMs: waitMs },
    );
  }
  if (status === 408 || status === 409 || status >= 500)
    return unavailable(`failed (${what})`, headers, nowMs);
  return new CallsheetError('invalid-input', `the vision model refused the request (${what})`, {
    hint: 'Compare spec.evaluator of the Library with what the model accepts: model, detail, temperature, reasoningEffort.',
  });
}

function describe(
  status: number | undefined,
  code: string | null | undefined,
  param: string | null | undefined,
): string {
  const parts = [status === undefined ? undefined : `HTTP ${status}`, word(code), word(param)];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Codes and parameter names are identifiers; anything longer is prose and may hold anything. */
function word(text: string | null | undefined): string | undefined {
  return text != null && /^[\w.[\]-]{1,60}$/.test(text) ? text : undefined;
}

function auth(what: string): CallsheetError {
  return new CallsheetError('auth', `the vision model does not accept the key (${what})`, {
    hint: 'Set OPENAI_API_KEY to a valid key whose project may use the model.',
  });
}

function quota(what: string): CallsheetError {
  return new CallsheetError('quota', `no credit is left for the vision model (${what})`, {
    hint: 'Add credit or raise the limit at the provider; the next try does the rest, and what is done is kept.',
  });
}

function unavailable(what: string, headers?: Headers, nowMs = 0): CallsheetError {
  const waitMs = headers === undefined ? undefined : retryAfterMs(headers, nowMs);
  const details: ErrorDetails = waitMs === undefined ? {} : { retryAfterMs: waitMs };
  return new CallsheetError('unavailable', `the vision model ${what}`, details);
}

function unknownModel(model: string, what: string): CallsheetError {
  const end = MODEL_LIFECYCLES.find((entry) => entry.provider === 'openai' && model.startsWith(entry.model));
  const ended =
    end === undefined ? '' : ` It was to be shut down on ${end.shutdown}; its successor is ${end.successor}.`;
  return new CallsheetError(
    'invalid-input',
    `there is no vision model "${model}" at this address (${what})`,
    {
      hint: `Correct spec.evaluator.model of the Library, or OPENAI_BASE_URL.${ended}`,
    },
  );
}
