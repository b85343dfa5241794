import type { Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { byToken } from '../identity.ts';
import { claimsOf, guardAttempts, type RequestVariables, SESSION_COOKIE } from '../request-guard.ts';
import type { ServerContext } from '../server-context.ts';
import { SESSION_SECONDS } from '../sessions.ts';
import { renderBarePage } from './layout.ts';
import { guardFormOrigin } from './page-guard.ts';
import { logInPage } from './pages/other-pages.ts';

/** Exchanges a token for a session, which the browser keeps where no script can read it. */
export function addLogIn(pages: Hono<RequestVariables>, context: ServerContext): void {
  const { settings, sessions, limiter, metrics } = context;
  const cookie = {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: settings.publicUrl?.startsWith('https:') === true,
  } as const;
  pages.get('/login', (c) => {
    if (settings.tokens.length === 0) return c.redirect('/', 303);
    return c.html(renderBarePage('Log in', logInPage(undefined)));
  });
  pages.post('/login', async (c) => {
    const claims = claimsOf(c, settings);
    guardAttempts(context, claims.remote);
    guardFormOrigin(c, context);
    const { token } = await c.req.parseBody();
    const found = typeof token === 'string' ? byToken(token, claims, settings) : undefined;
    if (found?.kind !== 'identity') {
      limiter.failed(claims.remote);
      metrics.authFailures.inc({ reason: 'bad-token' });
      return c.html(renderBarePage('Log in', logInPage('That token is not valid.')), 401);
    }
    setCookie(c, SESSION_COOKIE, sessions.open({ ...found.identity, via: 'session' }), {
      ...cookie,
      maxAge: SESSION_SECONDS,
    });
    return c.redirect('/', 303);
  });
  pages.post('/logout', (c) => {
    guardFormOrigin(c, context);
    const claims = claimsOf(c, settings);
    if (claims.cookie !== undefined) sessions.close(claims.cookie);
    deleteCookie(c, SESSION_COOKIE, cookie);
    return c.redirect('/login', 303);
  });
}
