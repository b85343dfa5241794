import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with one call. `after` means that the call had its effect all the same. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'garbage' };

/** Decides, per call, whether something goes wrong. `call` counts from 1 over the server's life. */
export type FaultPlan = (call: {
  readonly number: number;
  readonly route: string;
  readonly body: unknown;
}) => Fault | undefined;

/** Faults for the first calls, in order; `undefined` lets a call pass. */
export function faultsInOrder(...faults: readonly (Fault | undefined)[]): FaultPlan {
  let next = 0;
  return () => faults[next++];
}

export interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  /** JSON, or bytes as they are. */
  readonly body: unknown;
}

/** A request as a fake API sees it: read in full. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** Parsed JSON; undefined when there is none. */
  readonly body: unknown;
}

export interface FakeApi extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly origin: string;
  /** Calls so far. */
  readonly calls: readonly Call[];
}

/** Serves an API over loopback, with faults. `answer` has its effect when it is called. */
export async function serveFakeApi(
  answer: (call: Call) => Reply | Promise<Reply>,
  faultOf: (call: Call, number: number) => Fault | undefined,
): Promise<FakeApi> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    calls.push(call);
    await respond(response, call, answer, faultOf(call, calls.length));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async [Symbol.asyncDispose]() {
      await close(server);
    },
  };
}

async function respond(
  response: ServerResponse,
  call: Call,
  answer: (call: Call) => Reply | Promise<Reply>,
  fault: Fault | undefined,
): Promise<void> {
  if (fault?.kind === 'status') return send(response, { body: {}, ...fault });
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'reset' && fault.when === 'before') return void response.socket?.resetAndDestroy();
  const reply = await answer(call);
  if (fault?.kind === 'reset') return void response.socket?.resetAndDestroy();
  if (fault?.kind === 'garbage')
    return send(response, { status: reply.status, body: Buffer.from('<<<not json') });
  if (fault?.kind === 'truncate') return truncate(response, reply);
  send(response, reply);
}

function send(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  const bytes = bytesOf(body);
  const type = body instanceof Uint8Array ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, 'content-length': bytes.length, ...headers });
  response.end(bytes);
}

/** Promises the whole body, sends half of it and closes the connection. */
function truncate(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  const bytes = bytesOf(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
    'content-length': bytes.length,
  });
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

function bytesOf(body: unknown): Buffer {
  return body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  return {
    method: request.method ?? 'GET',
    url,
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
