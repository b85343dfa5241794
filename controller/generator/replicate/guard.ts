/**
 * The client repeats calls on its own: a POST that was reset up to six times, each of them paid for, and all within a tenth of a
 * second. It does so on a thrown error and on statuses that it takes for passing. The guard leaves it neither: whatever goes wrong
 * comes back as one status that it takes for final, with the real one in a header.
 */
const FINAL_STATUS = 418;
const REAL_STATUS = 'x-callsheet-status';

/** The real status when there was none: no answer, or none in time. */
export const NO_ANSWER = 0;

export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A `fetch` under which the client makes each call exactly once. Every call is bounded, its body included. */
export function guardedFetch(timeoutMs: number, fetch: Fetch = globalThis.fetch): Fetch {
  return async (url, init = {}) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init.signal == null ? timeout : AbortSignal.any([init.signal, timeout]);
    try {
      const response = await fetch(url, { ...init, signal, redirect: 'error' });
      return response.ok ? response : await concealed(response);
    } catch {
      return new Response('', { status: FINAL_STATUS, headers: { [REAL_STATUS]: String(NO_ANSWER) } });
    }
  };
}

async function concealed(response: Response): Promise<Response> {
  const headers = new Headers({ [REAL_STATUS]: String(response.status) });
  for (const name of ['retry-after', 'retry-after-ms', 'content-type']) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const body = await response.text().catch(() => '');
  const seconds = saidInBody(body);
  if (seconds !== undefined && !headers.has('retry-after')) headers.set('retry-after', String(seconds));
  return new Response(body, { status: FINAL_STATUS, headers });
}

/** How long to wait, in seconds: Replicate says it in a field or a sentence of the body more often than in the header. */
function saidInBody(body: string): number | undefined {
  const text =
    /"retry_after"\s*:\s*"?([\d.]+)/.exec(body)?.[1] ?? /resets in ~?\s*([\d.]+)\s*s/.exec(body)?.[1];
  const seconds = Number(text);
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** What really came back, from a response that the guard let through to the client. */
export function realStatus(response: Pick<Response, 'status' | 'headers'>): number {
  const real = response.headers.get(REAL_STATUS);
  return real === null ? response.status : Number(real);
}
