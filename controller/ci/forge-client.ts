import { CallsheetError, type ErrorCode } from '../diagnostics/errors.ts';

/** Attempts of a call that may be repeated without harm. */
const ATTEMPTS = 4;
const TIMEOUT_MS = 30_000;
/** Pages of a list that are looked through; a pull request with more comments than that is beyond reading. */
const MAX_PAGES = 50;

export interface ForgeClientOptions {
  readonly apiUrl: string;
  /** Sent with every request; holds the credential, which appears nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
  /** Waits so many milliseconds. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** JSON over HTTP, as GitHub and GitLab speak it: repeats what may be repeated, follows pages, turns statuses into codes. */
export class ForgeClient {
  private readonly options: ForgeClientOptions;

  constructor(options: ForgeClientOptions) {
    this.options = options;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.send('GET', path)) as T;
  }

  /** Every element of a list of several pages. */
  async *list<T>(path: string): AsyncGenerator<T> {
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const items = await this.get<T[]>(`${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
      yield* items;
      if (items.length < 100) return;
    }
  }

  /** Replaces what is there: may be sent twice. */
  async replace(method: 'PATCH' | 'PUT', path: string, body: object): Promise<void> {
    await this.send(method, path, body);
  }

  /** Makes something new: sent once, for whether a lost one has arrived is not known. */
  async create(path: string, body: object): Promise<void> {
    await this.send('POST', path, body);
  }

  private async send(method: string, path: string, body?: object): Promise<unknown> {
    const { apiUrl, headers, sleep, signal } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt === ATTEMPTS || method === 'POST';
      const response = await this.exchange(
        `${apiUrl}${path}`,
        {
          method,
          headers: {
            accept: 'application/json',
            'user-agent': 'callsheet',
            ...headers,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          // A redirect could carry the credential elsewhere, and turns a write into a read.
          redirect: 'error',
        },
        last,
      );
      if (response?.ok === true) return response.status === 204 ? undefined : await response.json();
      if (response !== undefined && (last || !isPassing(response.status)))
        throw failure(response.status, method, path);
      await response?.body?.cancel();
      await sleep(waitMs(response, attempt), signal);
    }
  }

  /** Undefined: no answer, and it may be tried again. */
  private async exchange(url: string, init: RequestInit, last: boolean): Promise<Response | undefined> {
    const { signal } = this.options;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await fetch(url, {
        ...init,
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      });
    } catch (cause) {
      signal?.throwIfAborted();
      if (!last) return undefined;
      throw new CallsheetError('unavailable', `no answer from ${new URL(url).host}`, { cause });
    }
  }
}

function isPassing(status: number): boolean {
  return status === 429 || status === 500 || status === 502 || status === 503 || status === 504;
}

function waitMs(response: Response | undefined, attempt: number): number {
  const seconds = Number(response?.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 60) * 1000 : 500 * 2 ** attempt;
}

function failure(status: number, method: string, path: string): CallsheetError {
  const codes: Readonly<Record<number, ErrorCode>> = {
    401: 'auth',
    403: 'auth',
    404: 'not-found',
    413: 'too-large',
    422: 'invalid-input',
    429: 'rate-limited',
  };
  const hint =
    'The token needs the right to write comments on pull requests (permissions: pull-requests: write); pull requests from forks have none.';
  const code = codes[status] ?? 'unavailable';
  return new CallsheetError(
    code,
    `${method} ${path} was answered with status ${status}`,
    code === 'auth' || code === 'not-found' ? { hint } : {},
  );
}
