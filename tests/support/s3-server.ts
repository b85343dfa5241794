import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { respond, S3Problem } from './s3-server-answers.ts';
import { S3Buckets } from './s3-server-buckets.ts';
import { handleRequest, type S3Request } from './s3-server-requests.ts';

/**
 * What goes wrong, and for which requests. `times` (default 1) counts down; a fault that is used up is gone.
 *
 * - `hang`: never answers. `reset-before`: drops the connection and does nothing. `reset-after`: does it and drops the connection.
 * - `truncate`: sends half of the body and drops the connection. `stall`: sends half of the body and then nothing.
 * - `delay`: answers late. Any other: answers with this error and does nothing.
 */
export interface S3Fault {
  readonly kind: 'hang' | 'reset-before' | 'reset-after' | 'truncate' | 'stall' | 'delay' | 'error';
  readonly method?: string;
  /** The key, or the part of it that follows the last `/`. */
  readonly key?: string;
  readonly times?: number;
  readonly delayMs?: number;
  readonly status?: number;
  readonly code?: string;
}

export interface S3ServerOptions {
  readonly buckets?: readonly string[];
  /** As some real stores: takes `If-Match` and `If-None-Match` on the named operations without looking at them. */
  readonly ignoresConditionsOf?: readonly ('PUT' | 'DELETE')[];
  /** Something that goes wrong with this request, for tests that leave it to chance. Asked before the faults that were added one by one. */
  readonly faults?: (request: {
    readonly method: string;
    readonly key: string;
  }) => S3Fault['kind'] | undefined;
}

/** A request as the server saw it, for tests that count. */
export interface SeenRequest {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

/**
 * A small S3 server on loopback for tests: whole objects, listings, copies, conditions that hold under races, and faults on demand.
 * Strict where clients are careless: signatures must be there, digests must fit, lengths must be true, listings come in pages.
 */
export class S3Server {
  readonly buckets = new S3Buckets();
  readonly requests: SeenRequest[] = [];
  readonly #options: S3ServerOptions;
  readonly #server: Server;
  #faults: { fault: S3Fault; left: number }[] = [];

  private constructor(options: S3ServerOptions) {
    this.#options = options;
    for (const bucket of options.buckets ?? ['bucket']) this.buckets.create(bucket);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(options: S3ServerOptions = {}): Promise<S3Server> {
    const server = new S3Server(options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Adds a fault; faults are tried in the order in which they were added. */
  fail(fault: S3Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  /** How many requests of this method there were since the last call of `forget`. */
  count(method: string): number {
    return this.requests.filter((request) => request.method === method).length;
  }

  forget(): void {
    this.requests.length = 0;
    this.#faults = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(incoming);
      this.requests.push({ ...request, headers: incoming.headers });
      const fault = this.#faultFor(request);
      if (fault?.kind === 'hang') return;
      if (fault?.kind === 'reset-before') return void incoming.socket.resetAndDestroy();
      if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 50));
      if (fault?.kind === 'error') throw new S3Problem(fault.status ?? 503, fault.code ?? 'SlowDown');
      const answer = handleRequest(this.buckets, request, this.#options.ignoresConditionsOf ?? []);
      if (fault?.kind === 'reset-after') return void incoming.socket.resetAndDestroy();
      respond(response, request.method, answer, fault?.kind);
    } catch (error) {
      const problem = error instanceof S3Problem ? error : new S3Problem(500, 'InternalError', String(error));
      if (!response.destroyed) respond(response, incoming.method ?? '', problem.answer());
    }
  }

  #faultFor(request: S3Request): S3Fault | undefined {
    const kind = this.#options.faults?.(request);
    if (kind !== undefined) return { kind };
    const entry = this.#faults.find(({ fault, left }) => left > 0 && concerns(fault, request));
    if (entry !== undefined) entry.left -= 1;
    return entry?.fault;
  }
}

function concerns(fault: S3Fault, request: S3Request): boolean {
  if (fault.method !== undefined && fault.method !== request.method) return false;
  return fault.key === undefined || request.key === fault.key || request.key.endsWith(`/${fault.key}`);
}

async function readRequest(incoming: IncomingMessage): Promise<S3Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = '', query = ''] = (incoming.url ?? '').split('?', 2);
  const [bucket = '', ...rest] = path.slice(1).split('/').map(decodeURIComponent);
  return {
    method: incoming.method ?? '',
    bucket,
    key: rest.join('/'),
    query: new URLSearchParams(query),
    header: (name) => {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value.join(',') : value;
    },
    metadata: Object.fromEntries(
      Object.entries(incoming.headers).filter(([name]) => name.startsWith('x-amz-meta-')),
    ) as Record<string, string>,
    body: Buffer.concat(chunks),
  };
}
