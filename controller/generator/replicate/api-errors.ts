import { CallsheetError } from '../../diagnostics/errors.ts';
import { retryAfterMs } from '../../runtime/retry-after.ts';
import { NO_ANSWER, realStatus } from './guard.ts';

/** What the client throws for an answer that is not a success. Its request holds the token, so it is never passed on. */
interface ClientError {
  readonly response?: Response;
}

/**
 * Turns what the client throws into our codes. `unavailable`: it is not known whether the call had its effect. Messages of the
 * provider are not quoted; they can hold prompts and URLs.
 */
export function toApiError(error: unknown, model: string, nowMs: number): CallsheetError {
  if (error instanceof CallsheetError) return error;
  const { response } = error as ClientError;
  if (response === undefined) return unavailable('answered with something that is no answer');
  const status = realStatus(response);
  if (status === NO_ANSWER) return unavailable('did not answer');
  if (status === 401 || status === 403) {
    return new CallsheetError('auth', `Replicate does not accept the token (HTTP ${status})`, {
      hint: 'Set REPLICATE_API_TOKEN to a valid token: replicate.com/account/api-tokens.',
    });
  }
  if (status === 402) return outOfCredit();
  if (status === 429) return throttled(response, nowMs);
  if (status === 408 || status >= 500) return unavailable(`failed (HTTP ${status})`);
  if (status === 404) {
    return new CallsheetError(
      'invalid-input',
      `Replicate has no model "${model}" for this token (HTTP 404)`,
      {
        hint: 'Correct spec.generator.model of the Library: owner/name, or owner/name:version.',
      },
    );
  }
  if (status === 413)
    return new CallsheetError('too-large', 'Replicate refused the request for its size (HTTP 413)');
  return new CallsheetError('invalid-input', `Replicate refused the input of "${model}" (HTTP ${status})`, {
    hint: 'Compare spec.generator.input and inputMapping of the Library with the inputs that the model documents.',
  });
}

export function outOfCredit(): CallsheetError {
  return new CallsheetError('quota', 'no credit is left at Replicate', {
    hint: 'Add credit at replicate.com/account/billing; the next try does the rest, and what is done is kept.',
  });
}

function unavailable(what: string): CallsheetError {
  return new CallsheetError('unavailable', `Replicate ${what}`);
}

function throttled(response: Response, nowMs: number): CallsheetError {
  const waitMs = retryAfterMs(response.headers, nowMs);
  return new CallsheetError('rate-limited', 'Replicate takes no more calls for now', {
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    hint: 'Replicate lowers its limits for accounts with little credit; see replicate.com/account/billing.',
  });
}
