import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { isLoopback } from '../runtime/loopback.ts';
import { type Claims, type Identity, identify, isTrustedProxy, type Role } from './identity.ts';
import { refuse } from './refusal.ts';
import type { ServerContext } from './server-context.ts';
import type { ServerSettings } from './server-settings.ts';

/** What a request carries from one handler to the next. */
export interface RequestVariables {
  Variables: {
    identity: Identity;
    /** Its path with names instead of values, for metrics. */
    route: string;
  };
}

export type RequestContext = Context<RequestVariables>;

export const SESSION_COOKIE = 'callsheet_session';
/** A browser sends it along only if a script of the same origin says so. */
export const INTENT_HEADER = 'x-callsheet-request';
/** Asked by machines that know an address and no name. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Refuses requests meant for another host: a page elsewhere may have made its own name point here (DNS rebinding). */
export function guardHost({ settings, metrics }: ServerContext): MiddlewareHandler<RequestVariables> {
  const allowed = allowedHosts(settings);
  return async (c, next) => {
    const host = hostNameOf(c.req.header('host'));
    const probe = !isLoopback(settings.host) && PROBES.has(c.req.path);
    if (!probe && !allowed(host)) {
      metrics.authFailures.inc({ reason: 'wrong-host' });
      throw refuse('wrong-host', `this server is not called "${host ?? ''}"`, {
        hint: 'Name it in CALLSHEET_ALLOWED_HOSTS if it is.',
      });
    }
    await next();
  };
}

/**
 * Refuses paths that climb, however they are written. Resolved they may well name something that is there, but nobody who means it asks
 * that way.
 */
export const guardPath: MiddlewareHandler<RequestVariables> = async (c, next) => {
  const asked = (c.env as { readonly incoming?: { readonly url?: string } } | undefined)?.incoming?.url;
  const path = (asked ?? c.req.path).split('?')[0]!;
  if (path.split(/[/\\]/).some((part) => /^(?:\.|%2e){1,2}$/i.test(part)))
    throw refuse('no-such-route', 'there is nothing at a path that climbs');
  await next();
};

/** Lets somebody through who may, and remembers who it is. */
export function guardAccess(context: ServerContext, role: Role): MiddlewareHandler<RequestVariables> {
  return async (c, next) => {
    const identity = authenticate(c, context);
    if (role === 'editor' && identity.role !== 'editor') {
      throw refuse('forbidden', 'a viewer cannot decide', { hint: 'Use the token of an editor.' });
    }
    if (isUnsafe(c.req.method) && identity.via !== 'token') guardOrigin(c, context);
    c.set('identity', identity);
    await next();
  };
}

/** Refuses what another site may have made a browser send. @throws Refusal */
export function guardOrigin(c: RequestContext, { settings, metrics }: ServerContext): void {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const foreign =
    (origin !== undefined && !isOwnOrigin(origin, c.req.header('host'), settings)) ||
    (site !== undefined && site !== 'same-origin');
  if (!foreign && c.req.header(INTENT_HEADER) !== undefined) return;
  metrics.authFailures.inc({ reason: 'wrong-origin' });
  throw refuse(
    'wrong-origin',
    foreign ? 'the request comes from another site' : `the header ${INTENT_HEADER} is missing`,
    {
      hint: `Send a bearer token, or "${INTENT_HEADER}: 1" from a page of this server.`,
    },
  );
}

export function claimsOf(c: RequestContext, { proxy }: ServerSettings): Claims {
  const peer = getConnInfo(c).remote.address ?? '';
  // Behind a proxy everybody has the proxy's address; the last one in the list is the one that it saw itself.
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return {
    header: (name) => c.req.header(name),
    cookie: getCookie(c, SESSION_COOKIE),
    peer,
    remote:
      isTrustedProxy(peer, proxy) && forwarded !== undefined && forwarded !== ''
        ? forwarded.slice(0, 64)
        : peer,
  };
}

/** @throws Refusal when too many have failed from there. */
export function guardAttempts({ limiter, metrics }: ServerContext, remote: string): void {
  const waitMs = limiter.waitMs(remote);
  if (waitMs <= 0) return;
  metrics.authFailures.inc({ reason: 'too-many-attempts' });
  throw refuse('too-many-attempts', 'too many attempts have failed from this address', {
    headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
  });
}

function authenticate(c: RequestContext, context: ServerContext): Identity {
  const { settings, sessions, metrics, limiter } = context;
  const claims = claimsOf(c, settings);
  if (claims.header('authorization') !== undefined) guardAttempts(context, claims.remote);
  const found = identify(claims, settings, sessions);
  if (found.kind === 'identity') return found.identity;
  if (found.kind === 'false') limiter.failed(claims.remote);
  metrics.authFailures.inc({ reason: found.kind === 'false' ? 'bad-token' : 'no-token' });
  throw refuse('unauthenticated', found.why, {
    hint: 'Send "Authorization: Bearer TOKEN", or log in.',
    headers: { 'WWW-Authenticate': 'Bearer realm="callsheet"' },
  });
}

function isUnsafe(method: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method);
}

function allowedHosts(settings: ServerSettings): (host: string | undefined) => boolean {
  const names = new Set(settings.allowedHosts);
  const publicHost =
    settings.publicUrl === undefined ? undefined : hostNameOf(new URL(settings.publicUrl).host);
  if (publicHost !== undefined) names.add(publicHost);
  // Elsewhere every request needs a credential that no browser sends to a foreign name by itself.
  const any = !isLoopback(settings.host) && settings.allowedHosts.length === 0;
  return (host) =>
    any || (host !== undefined && (names.has(host) || (isLoopback(settings.host) && isLoopback(host))));
}

/** Without port and brackets, in lower case. */
function hostNameOf(host: string | undefined): string | undefined {
  const url = host === undefined ? null : URL.parse(`http://${host}`);
  return url === null ? undefined : url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

function isOwnOrigin(origin: string, host: string | undefined, { publicUrl }: ServerSettings): boolean {
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  return host !== undefined && URL.parse(origin)?.host === URL.parse(`http://${host}`)?.host;
}
