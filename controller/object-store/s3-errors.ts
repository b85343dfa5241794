import { S3ServiceException } from '@aws-sdk/client-s3';
import { CallsheetError, type ErrorCode } from '../diagnostics/errors.ts';

interface Explanation {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly hint?: string;
}

const CREDENTIALS_HINT =
  'Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or the profile), and what they are allowed to do in this bucket.';
const REGION_HINT = 'Set AWS_REGION to the region of the bucket.';

const BY_NAME: Readonly<Record<string, Explanation>> = {
  // Not `not-found`: a mistyped bucket must not look like an empty one.
  NoSuchBucket: {
    code: 'invalid-input',
    problem: 'there is no such bucket',
    hint: 'Correct its name in the Library spec, or create it.',
  },
  CredentialsProviderError: { code: 'auth', problem: 'there are no credentials', hint: CREDENTIALS_HINT },
  RequestTimeTooSkewed: {
    code: 'auth',
    problem: 'the clock of this machine is wrong',
    hint: 'Set the clock.',
  },
  PermanentRedirect: { code: 'invalid-input', problem: 'the bucket is in another region', hint: REGION_HINT },
  AuthorizationHeaderMalformed: { code: 'invalid-input', problem: 'the region is wrong', hint: REGION_HINT },
  SlowDown: { code: 'rate-limited', problem: 'the store asks for fewer requests' },
  EntityTooLarge: { code: 'too-large', problem: 'the object is too large for the store' },
  KeyTooLongError: { code: 'invalid-input', problem: 'the key is too long' },
  QuotaExceeded: { code: 'storage-full', problem: 'the quota is used up' },
};

const BY_STATUS: Readonly<Record<number, Explanation>> = {
  401: { code: 'auth', problem: 'the credentials are refused', hint: CREDENTIALS_HINT },
  403: { code: 'auth', problem: 'access is denied', hint: CREDENTIALS_HINT },
  404: { code: 'not-found', problem: 'there is no such object' },
  405: { code: 'unsupported', problem: 'the store cannot do this' },
  409: { code: 'precondition-failed', problem: 'another write was under way' },
  412: { code: 'precondition-failed', problem: 'it has changed, or exists already' },
  413: { code: 'too-large', problem: 'the object is too large for the store' },
  429: { code: 'rate-limited', problem: 'the store asks for fewer requests' },
  501: { code: 'unsupported', problem: 'the store cannot do this' },
  503: { code: 'rate-limited', problem: 'the store asks for fewer requests' },
  507: { code: 'storage-full', problem: 'the store is full' },
};

/** The HTTP status that an error of the SDK came with; undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

/** How often the SDK has sent the request that ended in this error. */
export function attemptsOf(error: unknown): number {
  return error instanceof S3ServiceException ? (error.$metadata.attempts ?? 1) : 1;
}

/**
 * `doing` completes "Cannot ...". The store's own message is left out: it may repeat what was signed.
 */
export function s3Error(error: unknown, doing: string, place: string): CallsheetError {
  if (error instanceof CallsheetError) return error;
  const name = error instanceof Error ? error.name : String(error);
  const status = statusOf(error);
  const explanation =
    BY_NAME[name] ?? (status === undefined ? undefined : BY_STATUS[status]) ?? fallback(status);
  const source = status === undefined ? nameOf(error) : `${name}, HTTP ${status}`;
  const retryAfterMs = retryAfterOf(error);
  return new CallsheetError(
    explanation.code,
    `Cannot ${doing} ${place}: ${explanation.problem} (${source}).`,
    {
      ...(explanation.hint === undefined ? {} : { hint: explanation.hint }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      cause: error,
    },
  );
}

function fallback(status: number | undefined): Explanation {
  if (status !== undefined && status >= 400 && status < 500) {
    return { code: 'invalid-input', problem: 'the store does not accept the request' };
  }
  if (status !== undefined) return { code: 'unavailable', problem: 'the store has an error' };
  return {
    code: 'unavailable',
    problem: 'the store does not answer',
    hint: 'Check the network, and AWS_ENDPOINT_URL_S3 where it is set.',
  };
}

/** The system's code says more than the class: ECONNREFUSED. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function retryAfterOf(error: unknown): number | undefined {
  if (!(error instanceof S3ServiceException)) return undefined;
  const seconds = Number(error.$response?.headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}
