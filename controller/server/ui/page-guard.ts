import { type Identity, identify } from '../identity.ts';
import { refuse } from '../refusal.ts';
import { claimsOf, guardAttempts, type RequestContext } from '../request-guard.ts';
import type { ServerContext } from '../server-context.ts';

/** Who asks for a page. @throws Refusal `unauthenticated`. */
export function guardPage(c: RequestContext, context: ServerContext): Identity {
  const { settings, sessions, limiter, metrics } = context;
  const claims = claimsOf(c, settings);
  if (claims.header('authorization') !== undefined) guardAttempts(context, claims.remote);
  const found = identify(claims, settings, sessions);
  if (found.kind === 'identity') return found.identity;
  if (found.kind === 'false') {
    limiter.failed(claims.remote);
    metrics.authFailures.inc({ reason: 'bad-token' });
  }
  throw refuse('unauthenticated', found.why);
}

/** Who decides something by a form. @throws Refusal when it may be another site's doing, or a viewer's. */
export function guardForm(c: RequestContext, context: ServerContext): Identity {
  guardFormOrigin(c, context);
  const identity = guardPage(c, context);
  if (identity.role !== 'editor')
    throw refuse('forbidden', 'a viewer cannot decide', { hint: 'Log in with the token of an editor.' });
  return identity;
}

/**
 * Refuses a form that was not sent from a page of this server. Browsers say with every form where it comes from, and the session's cookie
 * is never sent along from elsewhere; a form that says nothing is refused too.
 *
 * @throws Refusal `wrong-origin`.
 */
export function guardFormOrigin(c: RequestContext, { settings, metrics }: ServerContext): void {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const own = origin !== undefined && isOwn(origin, c.req.header('host'), settings.publicUrl);
  // A page of ours that was told to send no referrer sends no origin either, but still says that it is from here.
  const hidden = origin === undefined || origin === 'null';
  if ((own && (site === undefined || site === 'same-origin')) || (hidden && site === 'same-origin')) return;
  metrics.authFailures.inc({ reason: 'wrong-origin' });
  throw refuse('wrong-origin', 'the form was not sent from a page of this server', {
    hint: 'Open the dashboard itself and try there. Behind a proxy, set CALLSHEET_PUBLIC_URL.',
  });
}

function isOwn(origin: string, host: string | undefined, publicUrl: string | undefined): boolean {
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  return host !== undefined && URL.parse(origin)?.host === URL.parse(`http://${host}`)?.host;
}
