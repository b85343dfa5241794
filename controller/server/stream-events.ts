import { streamSSE } from 'hono/streaming';
import type { HubEvent, Subscription } from './event-hub.ts';
import { refuse } from './refusal.ts';
import type { RequestContext } from './request-guard.ts';
import type { ServerContext } from './server-context.ts';

/** So that proxies keep the connection, and a client that has gone is noticed. */
const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it comes again. */
const RETRY_MS = 3000;

/** Streams events to one client until it goes or the server stops. */
export function streamEvents(
  c: RequestContext,
  context: ServerContext,
  { types }: { readonly types?: readonly string[] },
): Response {
  const { events, metrics } = context;
  const subscription = events.subscribe(c.req.header('last-event-id'), types);
  if (subscription === undefined) {
    throw refuse('too-many-streams', 'too many clients follow the events', {
      headers: { 'Retry-After': '30' },
    });
  }
  metrics.streams.set(events.listeners);
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    stream.onAbort(() => subscription.close());
    try {
      await stream.write(`retry: ${RETRY_MS}\n\n`);
      for await (const batch of batches(subscription, context)) {
        await stream.write(
          batch.length === 0 ? ': still here\n\n' : batch.map((event) => format(event, context)).join(''),
        );
      }
    } finally {
      subscription.close();
      metrics.streams.set(events.listeners);
    }
  });
}

/** What there is, as it comes; nothing, when nothing has come for a while. */
async function* batches(
  subscription: Subscription,
  { clock }: ServerContext,
): AsyncGenerator<readonly HubEvent[]> {
  for (;;) {
    const beat = new AbortController();
    const taken = new AbortController();
    clock.sleep(HEARTBEAT_MS, taken.signal).then(
      () => beat.abort(),
      () => {},
    );
    const batch = await subscription.take(beat.signal);
    taken.abort();
    if (batch === undefined) return;
    yield batch;
  }
}

/** JSON has no line breaks, so that one `data` line is enough. */
function format({ id, type, data }: HubEvent, { redact }: ServerContext): string {
  return `id: ${id}\nevent: ${type}\ndata: ${redact(JSON.stringify(data))}\n\n`;
}
