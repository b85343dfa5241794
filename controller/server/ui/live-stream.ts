import { streamSSE } from 'hono/streaming';
import type { RequestContext } from '../request-guard.ts';
import type { Dashboard } from './dashboard.ts';

/** So that proxies keep the connection, and a browser notices that the server has gone. */
const HEARTBEAT_MS = 15_000;

/** Tells a page when something that it may show has changed. What has changed it asks for itself. */
export function liveStream(c: RequestContext, { board }: Dashboard): Response {
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    let wake: () => void = () => {};
    let version = (await board.snapshot()).version;
    let told = -1;
    const stop = board.listen((now) => {
      version = now;
      wake();
    });
    stream.onAbort(() => wake());
    try {
      while (!stream.aborted && !stream.closed) {
        if (version === told) await stream.write(': still here\n\n');
        else await stream.writeSSE({ event: 'changed', data: String(version), retry: 2000 });
        told = version;
        await changeOrHeartbeat((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop();
    }
  });
}

async function changeOrHeartbeat(onWake: (resolve: () => void) => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, HEARTBEAT_MS).unref();
    onWake(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
