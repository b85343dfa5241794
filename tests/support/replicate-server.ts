import {
  type Call,
  type FakeApi,
  type Fault,
  type FaultPlan,
  type Reply,
  serveFakeApi,
} from './http-faults.ts';

/** How a prediction goes. `running` never ends by itself. */
export type Fate =
  | { readonly status: 'succeeded'; readonly picture: Uint8Array; readonly asList?: boolean }
  | { readonly status: 'failed'; readonly error: string }
  | { readonly status: 'canceled' | 'aborted' | 'running' };

/** An order as it arrived. */
export interface PlacedOrder {
  readonly id: string;
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly createdMs: number;
  readonly headers: Call['headers'];
}

export interface ReplicateServerOptions {
  /** Decides what becomes of each order. */
  readonly fate: (order: PlacedOrder) => Fate;
  readonly faults?: FaultPlan;
  /** The only token that is let in; any when absent. */
  readonly token?: string;
  /** Models that exist. Any when absent. */
  readonly models?: readonly string[];
  /** Reads of a prediction before it has ended. 1 unless set. */
  readonly pollsUntilDone?: number;
  readonly now?: () => number;
  /** Rows of a page of the list. 100 at the real API. */
  readonly pageSize?: number;
  /** Milliseconds before a new prediction shows up in the list. */
  readonly listLagMs?: number;
}

export interface ReplicateServer extends AsyncDisposable {
  /** For REPLICATE_BASE_URL. */
  readonly baseUrl: string;
  readonly origin: string;
  /** Every order that was accepted: each of them is paid for. */
  readonly orders: readonly PlacedOrder[];
  /** Calls so far, as `POST /v1/predictions`. */
  readonly routes: readonly string[];
  /** Cuts off what the next downloads deliver. */
  damageOutputs(times: number): void;
}

const HOUR_MS = 3_600_000;

interface Stored extends PlacedOrder {
  readonly fate: Fate;
  polls: number;
}

/** The Replicate API on loopback: create, read and list predictions, and the host of their outputs. Forgets after an hour. */
export async function startReplicateServer(options: ReplicateServerOptions): Promise<ReplicateServer> {
  const fake = new FakeReplicate(options);
  const faultOf = (call: Call, number: number): Fault | undefined =>
    options.faults?.({ number, route: `${call.method} ${call.url.pathname}`, body: call.body });
  const api = await serveFakeApi((call) => dated(fake.answer(call), options.now?.()), faultOf);
  fake.origin = api.origin;
  return asServer(api, fake);
}

/** The clock of the provider shows in its answers, as everywhere in HTTP. */
function dated(reply: Reply, nowMs = Date.now()): Reply {
  return { ...reply, headers: { date: new Date(nowMs).toUTCString(), ...reply.headers } };
}

function asServer(api: FakeApi, fake: FakeReplicate): ReplicateServer {
  return {
    baseUrl: `${api.origin}/v1`,
    origin: api.origin,
    orders: fake.predictions,
    get routes() {
      return api.calls.map(({ method, url }) => `${method} ${url.pathname}`);
    },
    damageOutputs(times) {
      fake.damaged = times;
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
    },
  };
}

class FakeReplicate {
  readonly predictions: Stored[] = [];
  origin = '';
  damaged = 0;
  readonly #options: ReplicateServerOptions;

  constructor(options: ReplicateServerOptions) {
    this.#options = options;
  }

  answer(call: Call): Reply {
    const { pathname } = call.url;
    if (pathname.startsWith('/outputs/')) return this.#output(pathname.slice('/outputs/'.length));
    const { token } = this.#options;
    if (token !== undefined && call.headers.authorization !== `Bearer ${token}`) {
      return problem(401, 'Unauthenticated', 'You did not pass a valid authentication token');
    }
    const official = /^\/v1\/models\/([^/]+\/[^/]+)\/predictions$/.exec(pathname)?.[1];
    if (call.method === 'POST' && official !== undefined) return this.#create(call, official);
    if (call.method === 'POST' && pathname === '/v1/predictions')
      return this.#create(call, String(bodyOf(call).version));
    if (call.method === 'GET' && pathname === '/v1/predictions') return this.#list(call.url);
    const named = /^\/v1\/models\/([^/]+\/[^/]+)$/.exec(pathname)?.[1];
    if (call.method === 'GET' && named !== undefined) return this.#describe(named);
    const id = /^\/v1\/predictions\/([^/]+)$/.exec(pathname)?.[1];
    return call.method === 'GET' && id !== undefined
      ? this.#read(id)
      : problem(404, 'Not found', 'No such route');
  }

  #describe(model: string): Reply {
    const { models } = this.#options;
    if (models !== undefined && !models.includes(model))
      return problem(404, 'Not found', 'The requested resource could not be found.');
    const [owner, name] = model.split('/');
    const properties = Object.fromEntries(
      ['prompt', 'input_image', 'seed', 'aspect_ratio', 'output_format', 'safety_tolerance'].map((key) => [
        key,
        {},
      ]),
    );
    const openapi_schema = { components: { schemas: { Input: { properties } } } };
    return { status: 200, body: { owner, name, latest_version: { id: 'v1', openapi_schema } } };
  }

  #create(call: Call, model: string): Reply {
    const { models } = this.#options;
    if (models !== undefined && !models.includes(model))
      return problem(404, 'Not found', 'The requested resource could not be found.');
    const input = bodyOf(call).input;
    if (typeof input !== 'object' || input === null)
      return problem(422, 'Input validation failed', '- input: input is required');
    const id = `pred${String(this.predictions.length + 1).padStart(6, '0')}`;
    const order = {
      id,
      model,
      input: input as Record<string, unknown>,
      createdMs: this.#now(),
      headers: call.headers,
    };
    const stored = { ...order, fate: this.#options.fate(order), polls: 0 };
    this.predictions.push(stored);
    return { status: 201, body: this.#show(stored) };
  }

  #read(id: string): Reply {
    const stored = this.predictions.find((prediction) => prediction.id === id);
    if (stored === undefined) return problem(404, 'Not found', 'The requested resource could not be found.');
    stored.polls += 1;
    return { status: 200, body: this.#show(stored) };
  }

  #list(url: URL): Reply {
    const { pageSize = 100, listLagMs = 0 } = this.#options;
    const after = Date.parse(url.searchParams.get('created_after') ?? '') || 0;
    const start = Number(url.searchParams.get('cursor') ?? 0);
    const shown = this.predictions
      .filter(({ createdMs }) => createdMs > after && createdMs + listLagMs <= this.#now())
      .reverse();
    const end = start + pageSize;
    const next = new URL(url.href);
    next.searchParams.set('cursor', String(end));
    const results = shown.slice(start, end).map((stored) => this.#show(stored));
    return { status: 200, body: { previous: null, next: end < shown.length ? next.href : null, results } };
  }

  #output(id: string): Reply {
    const stored = this.predictions.find((prediction) => prediction.id === id);
    if (stored?.fate.status !== 'succeeded' || this.#isForgotten(stored))
      return { status: 404, body: Buffer.from('gone') };
    const { picture } = stored.fate;
    const isDamaged = this.damaged > 0;
    this.damaged -= isDamaged ? 1 : 0;
    const body = isDamaged ? picture.subarray(0, picture.length >> 1) : picture;
    return { status: 200, headers: { 'content-type': 'image/jpeg' }, body };
  }

  #show(stored: Stored): unknown {
    const { pollsUntilDone = 1 } = this.#options;
    const { id, model, input, fate, createdMs, polls } = stored;
    const done = fate.status !== 'running' && polls >= pollsUntilDone;
    const forgotten = this.#isForgotten(stored);
    const output = `${this.origin}/outputs/${id}`;
    return {
      id,
      model: model.split(':')[0],
      version: 'hidden',
      status: done ? fate.status : polls === 0 ? 'starting' : 'processing',
      input: forgotten ? {} : input,
      output: done && !forgotten && fate.status === 'succeeded' ? (fate.asList ? [output] : output) : null,
      error: done && fate.status === 'failed' ? fate.error : null,
      logs: '',
      data_removed: forgotten,
      source: 'api',
      created_at: new Date(createdMs).toISOString(),
      urls: {
        get: `${this.origin}/v1/predictions/${id}`,
        cancel: `${this.origin}/v1/predictions/${id}/cancel`,
      },
    };
  }

  #isForgotten({ createdMs }: Stored): boolean {
    return this.#now() - createdMs > HOUR_MS;
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

function bodyOf(call: Call): Record<string, unknown> {
  return (call.body ?? {}) as Record<string, unknown>;
}

function problem(status: number, title: string, detail: string): Reply {
  return { status, body: { title, detail, status } };
}

/** A throttling answer as Replicate gives it: how long to wait stands in the body. */
export function throttled(seconds: number, where: 'header' | 'field' | 'sentence'): Fault {
  const detail = 'Request was throttled. Your rate limit resets in ';
  if (where === 'header')
    return {
      kind: 'status',
      status: 429,
      body: { detail: 'Request was throttled.' },
      headers: { 'retry-after': String(seconds) },
    };
  if (where === 'field')
    return {
      kind: 'status',
      status: 429,
      body: { detail: `${detail}~1s.`, status: 429, retry_after: seconds },
    };
  return { kind: 'status', status: 429, body: { detail: `${detail}~${seconds}s.` } };
}

export const NO_CREDIT: Fault = {
  kind: 'status',
  status: 402,
  body: {
    title: 'Insufficient credit',
    detail: 'You have insufficient credit to run this model.',
    status: 402,
  },
};
