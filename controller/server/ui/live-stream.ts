import { streamSSE } from 'hono/streaming';
import { refuse } from '../refusal.ts';
import type { RequestContext } from '../request-guard.ts';
import type { Dashboard } from './show-page.ts';

/** So that proxies keep the connection, and a browser notices that the server has gone. */
const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it comes again. */
const RETRY_MS = 2000;

/** Tells a page when something that it may show has changed. What has changed it asks for itself. */
export function liveStream(c: RequestContext, { board, context }: Dashboard): Response {
  // None of the hub's own events: it ends all streams when the server stops, and bounds how many there are.
  const lifetime = context.events.subscribe(undefined, []);
  if (lifetime === undefined) {
    throw refuse('too-many-streams', 'too many clients follow the events', {
      headers: { 'Retry-After': '30' },
    });
  }
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    let version = (await board.snapshot()).version;
    let told = -1;
    let wake = new AbortController();
    const stop = board.listen((now) => {
      version = now;
      wake.abort();
    });
    stream.onAbort(() => lifetime.close());
    try {
      do {
        if (version === told) await stream.write(': still here\n\n');
        else await stream.writeSSE({ event: 'changed', data: String(version), retry: RETRY_MS });
        told = version;
        wake = new AbortController();
      } while (
        (await lifetime.take(AbortSignal.any([wake.signal, AbortSignal.timeout(HEARTBEAT_MS)]))) !== undefined
      );
    } finally {
      stop();
      lifetime.close();
    }
  });
}
