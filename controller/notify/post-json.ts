import { CallsheetError } from '../diagnostics/errors.ts';
import { retryAfterMs } from '../runtime/retry-after.ts';

export interface PostRequest {
  /** For messages: URLs of receivers are secrets. */
  readonly receiver: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TIMEOUT_MS = 10_000;

/**
 * Posts JSON once. Follows no redirect: the URL was reviewed, where it leads was not.
 *
 * @throws CallsheetError `unavailable` or `rate-limited` when trying again makes sense, `auth` or `invalid-input` when it does not.
 */
export async function postJson(
  { receiver, url, headers, body }: PostRequest,
  nowMs: number,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'callsheet', ...headers },
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new CallsheetError('unavailable', `receiver "${receiver}" cannot be reached`, { cause });
  });
  await response.body?.cancel();
  if (response.ok) return;
  throw failure(receiver, response, nowMs);
}

function failure(receiver: string, { status, headers }: Response, nowMs: number): CallsheetError {
  const message = `receiver "${receiver}" answered ${status}`;
  const waitMs = retryAfterMs(headers, nowMs);
  const details = waitMs === undefined ? {} : { retryAfterMs: waitMs };
  if (status === 429) return new CallsheetError('rate-limited', message, details);
  if (status >= 500 || status === 408 || status === 425)
    return new CallsheetError('unavailable', message, details);
  if (status === 401 || status === 403) return new CallsheetError('auth', message);
  return new CallsheetError('invalid-input', message);
}
