import { type CallsheetError, type ErrorCode, toCallsheetError } from '../diagnostics/errors.ts';

/** What is wrong with a request itself, before the library comes into it. */
export type RefusalCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'wrong-host'
  | 'wrong-origin'
  | 'too-many-attempts'
  | 'no-such-route'
  | 'too-many-streams'
  | 'payload-too-large'
  | 'unsupported-media-type'
  | 'replayed';

/** An error as the API tells it: RFC 9457, with our stable code. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode | RefusalCode;
  readonly detail: string;
  readonly hint?: string;
}

const REFUSALS: Readonly<Record<RefusalCode, readonly [number, string]>> = {
  unauthenticated: [401, 'Unauthorized'],
  forbidden: [403, 'Forbidden'],
  'wrong-host': [421, 'Misdirected Request'],
  'wrong-origin': [403, 'Forbidden'],
  'too-many-attempts': [429, 'Too Many Requests'],
  'no-such-route': [404, 'Not Found'],
  'too-many-streams': [503, 'Service Unavailable'],
  'payload-too-large': [413, 'Content Too Large'],
  'unsupported-media-type': [415, 'Unsupported Media Type'],
  replayed: [409, 'Conflict'],
};

/** What a port's error means to somebody who asks by HTTP. What is missing here is our fault: 500. */
const STATUS: Readonly<Partial<Record<ErrorCode, readonly [number, string]>>> = {
  'not-found': [404, 'Not Found'],
  'invalid-input': [400, 'Bad Request'],
  'precondition-failed': [409, 'Conflict'],
  'lease-held': [409, 'Conflict'],
  'lease-lost': [409, 'Conflict'],
  stale: [409, 'Conflict'],
  'budget-exceeded': [409, 'Conflict'],
  'unknown-price': [409, 'Conflict'],
  unsupported: [422, 'Unprocessable Content'],
  'content-rejected': [422, 'Unprocessable Content'],
  'too-large': [413, 'Content Too Large'],
  'rate-limited': [503, 'Service Unavailable'],
  interrupted: [503, 'Service Unavailable'],
  unavailable: [503, 'Service Unavailable'],
  quota: [503, 'Service Unavailable'],
  auth: [502, 'Bad Gateway'],
  'storage-full': [507, 'Insufficient Storage'],
};

export function refusal(code: RefusalCode, detail: string, hint?: string): Problem {
  const [status, title] = REFUSALS[code];
  return { type: 'about:blank', title, status, code, detail, ...(hint === undefined ? {} : { hint }) };
}

/** An error of the library as a problem. Bugs are told without their message, which may say anything; the log has it. */
export function problemOf(error: unknown, redact: (text: string) => string): Problem {
  const { code, message, hint }: CallsheetError = toCallsheetError(error);
  const [status, title] = STATUS[code] ?? [500, 'Internal Server Error'];
  const detail =
    code === 'internal'
      ? 'Something went wrong that should not; the log of the controller says what.'
      : redact(message);
  return {
    type: 'about:blank',
    title,
    status,
    code,
    detail,
    ...(hint === undefined ? {} : { hint: redact(hint) }),
  };
}
