/** What one harmless question to a service told. Never holds a key, or words of the service's own. */
export interface ServiceAnswer {
  /** Undefined: no answer. */
  readonly status: number | undefined;
  /** By the service's own clock, to the second. Milliseconds since the epoch. */
  readonly serverMs: number | undefined;
  /** Parsed JSON of a success. */
  readonly body: unknown;
}

const TIMEOUT_MS = 10_000;

/** Asks once, with GET. Never rejects but for the signal. */
export async function askService(
  url: string,
  bearer: string | undefined,
  signal?: AbortSignal,
): Promise<ServiceAnswer> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      redirect: 'error',
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    const body = await response.json().catch(() => undefined);
    const serverMs = Number.isNaN(date) ? undefined : date;
    return { status: response.status, serverMs, body: response.ok ? body : undefined };
  } catch {
    signal?.throwIfAborted();
    return { status: undefined, serverMs: undefined, body: undefined };
  }
}
