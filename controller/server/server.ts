import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { serve } from '@hono/node-server';
import { CallsheetError } from '../diagnostics/errors.ts';
import { createApp, type ExtraRoutes } from './app.ts';
import { FailureLimiter } from './failure-limiter.ts';
import type { ServerContext } from './server-context.ts';
import { Sessions } from './sessions.ts';

/** Milliseconds for a client to send its headers, and the whole of its request. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;
const DRAIN_MS = 5000;

export interface RunningServer extends AsyncDisposable {
  /** With the port that it really got: `http://127.0.0.1:8322`. */
  readonly url: string;
}

export type ServerParts = Omit<ServerContext, 'sessions' | 'limiter'>;

/**
 * Starts to listen. Disposing of it ends event streams, takes no new connection and waits for requests that have begun.
 *
 * @throws CallsheetError `invalid-input` when the address cannot be had.
 */
export async function startServer(parts: ServerParts, extra?: ExtraRoutes): Promise<RunningServer> {
  const { settings, clock, events } = parts;
  const context = { ...parts, sessions: new Sessions(clock), limiter: new FailureLimiter(clock) };
  const app = createApp(context, extra);
  const server = await listen(app.fetch, settings.host, settings.port);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  return {
    url: `http://${isIPv6(settings.host) ? `[${settings.host}]` : settings.host}:${port}`,
    async [Symbol.asyncDispose]() {
      events.close();
      await drain(server);
    },
  };
}

/** Waits for what has begun; connections are cut as they fall idle, and all of them when somebody takes too long. */
async function drain(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const patience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(idle);
  clearTimeout(patience);
}

async function listen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  hostname: string,
  port: number,
): Promise<Server> {
  return await new Promise<Server>((resolve, reject) => {
    const server = serve(
      { fetch, hostname, port, serverOptions: { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS } },
      () => {
        server.off('error', fail);
        resolve(server);
      },
    ) as Server;
    const fail = (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE'
          ? 'it is in use'
          : cause.code === 'EACCES'
            ? 'this user may not'
            : cause.message;
      reject(
        new CallsheetError('invalid-input', `cannot listen on ${hostname}:${port}: ${why}`, {
          cause,
          hint: 'Choose another address with --listen or CALLSHEET_LISTEN.',
        }),
      );
    };
    server.on('error', fail);
  });
}
