import { CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import type { CallGate, GatedCall } from '../../runtime/call-gate.ts';
import type { Clock } from '../../runtime/clock.ts';
import { toApiError } from './api-errors.ts';
import { type Fetch, guardedFetch } from './guard.ts';
import { type Prediction, readPrediction } from './prediction.ts';

export interface ReplicateConnection {
  /** REPLICATE_API_TOKEN. */
  readonly token?: string | undefined;
  /** REPLICATE_BASE_URL; api.replicate.com unless set. */
  readonly baseUrl?: string | undefined;
  /** Bound of one call to the API. Half a minute unless set. */
  readonly timeoutMs?: number | undefined;
}

export interface ReplicateApiOptions extends ReplicateConnection {
  /** owner/name or owner/name:version. */
  readonly model: string;
  /** After this many minutes the provider gives up by itself, should nobody come back for the prediction. */
  readonly cancelAfterMinutes: number;
  readonly gate: CallGate;
  readonly clock: Clock;
}

export interface PredictionPage {
  readonly predictions: readonly Prediction[];
  /** Where the next, older page is. */
  readonly next: string | undefined;
  /** When the provider answered, by its own clock. Undefined when it does not say. */
  readonly answeredMs: number | undefined;
}

export interface CreateOptions {
  readonly signal?: AbortSignal | undefined;
  /** See `GenerationOrder.assertHeld`. */
  readonly assertHeld: () => void;
}

/** The four calls that we make, each of them exactly once per attempt. */
export interface ReplicateApi {
  /** Never repeated once it may have been accepted: `unavailable` means that nobody knows. */
  create(input: Readonly<Record<string, unknown>>, options: CreateOptions): Promise<Prediction>;
  /** Rejects with `not-found` for one that never was or is gone. */
  get(id: string, signal?: AbortSignal): Promise<Prediction>;
  /** Newest first. */
  list(createdAfterMs: number, signal?: AbortSignal): Promise<PredictionPage>;
  next(page: string, signal?: AbortSignal): Promise<PredictionPage>;
}

export const REPLICATE_HOME = 'https://api.replicate.com/v1';

/** What the client offers below its conveniences, none of which are safe for paid calls. */
interface Client {
  request(route: string | URL, options: object): Promise<Response>;
}

export async function connect(options: ReplicateApiOptions): Promise<ReplicateApi> {
  const client = await createClient(options);
  const { model, gate, clock } = options;

  async function call<T>(
    route: string | URL,
    request: object,
    read: (body: unknown, headers: Headers) => T | undefined,
    gated: GatedCall,
  ): Promise<T> {
    return await gate.call(async () => {
      try {
        const response = await client.request(
          route,
          gated.signal === undefined ? request : { ...request, signal: gated.signal },
        );
        const value = read(await response.json(), response.headers);
        if (value !== undefined) return value;
      } catch (error) {
        gated.signal?.throwIfAborted();
        throw toApiError(error, model, clock.now());
      }
      throw new CallsheetError('unavailable', 'Replicate answered with something that is no answer');
    }, gated);
  }

  return {
    async create(input, { signal, assertHeld }) {
      const [route, version] = createRoute(model);
      const headers = { 'Cancel-After': `${options.cancelAfterMinutes}m` };
      const data = version === undefined ? { input } : { version, input };
      return await call(route, { method: 'POST', headers, data }, readPrediction, {
        signal,
        once: true,
        assertWanted: assertHeld,
      });
    },
    async get(id, signal) {
      try {
        return await call(`/predictions/${encodeURIComponent(id)}`, {}, readPrediction, {
          signal,
          counted: false,
          priority: 1,
        });
      } catch (error) {
        throw readingError(error);
      }
    },
    async list(createdAfterMs, signal) {
      const params = { created_after: new Date(createdAfterMs).toISOString() };
      return await call('/predictions', { params }, readPage, { signal, priority: 1 });
    },
    async next(page, signal) {
      return await call(new URL(page), {}, readPage, { signal, priority: 1 });
    },
  };
}

async function createClient({
  token,
  baseUrl = REPLICATE_HOME,
  timeoutMs = 30_000,
}: ReplicateConnection): Promise<Client> {
  if ((token === undefined || token === '') && new URL(baseUrl).hostname === 'api.replicate.com') {
    throw new CallsheetError('auth', 'there is no token for Replicate', {
      hint: 'Set REPLICATE_API_TOKEN, or use the local generator: spec.generator.provider: local.',
    });
  }
  const { default: Replicate } = await import('replicate');
  const fetch: Fetch = guardedFetch(timeoutMs);
  const auth = token === undefined || token === '' ? 'none' : token;
  // `fileEncodingStrategy` stays unset: one of its values sends the token along as input. Files never reach the client.
  return new Replicate({
    auth,
    baseUrl,
    fetch: fetch as typeof globalThis.fetch,
    useFileOutput: false,
  }) as unknown as Client;
}

/** Official models have a route of their own; a version is named in the body. */
function createRoute(model: string): readonly [route: string, version: string | undefined] {
  const version = /^[^:]+:(.+)$/.exec(model)?.[1];
  return version === undefined ? [`/models/${model}/predictions`, undefined] : ['/predictions', version];
}

function readPage(body: unknown, headers: Headers): PredictionPage | undefined {
  const { results, next } = (body ?? {}) as { readonly results?: unknown; readonly next?: unknown };
  if (!Array.isArray(results)) return undefined;
  const predictions = results.map(readPrediction).filter((prediction) => prediction !== undefined);
  const answeredMs = Date.parse(headers.get('date') ?? '');
  return {
    predictions,
    next: typeof next === 'string' && next !== '' ? next : undefined,
    answeredMs: Number.isNaN(answeredMs) ? undefined : answeredMs,
  };
}

/** For a route that names a prediction, 404 speaks of the prediction, and an account without credit says nothing of what became of it. */
function readingError(error: unknown): unknown {
  if (isCallsheetError(error, 'invalid-input'))
    return new CallsheetError('not-found', 'Replicate no longer knows this prediction');
  if (isCallsheetError(error, 'quota'))
    return new CallsheetError('unavailable', error.message, { cause: error });
  return error;
}
