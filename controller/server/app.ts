import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { apiRoutes } from './api-routes.ts';
import { gitHook, MAX_HOOK_BYTES } from './git-hook.ts';
import { type Problem, problemOf } from './problem.ts';
import { Refusal, refuse } from './refusal.ts';
import { guardAccess, guardHost, guardPath, type RequestVariables } from './request-guard.ts';
import type { ServerContext } from './server-context.ts';

/** Adds further routes, the dashboard's for one, behind the same guards. */
export type ExtraRoutes = (app: Hono<RequestVariables>, context: ServerContext) => void;

/** The whole server as a function from requests to responses. */
export function createApp(context: ServerContext, extra?: ExtraRoutes): Hono<RequestVariables> {
  const app = new Hono<RequestVariables>();
  app.use(observeRequests(context));
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        // What the dashboard needs, all of it from here; nothing in a page's own text is ever run or applied.
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
      strictTransportSecurity: false,
    }),
  );
  app.use(guardHost(context));
  app.use(guardPath);
  addProbes(app, context);
  app.post('/hooks/git', hookLimit, gitHook(context));
  app.use('/api/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  app.route('/api/v1', apiRoutes(context));
  extra?.(app, context);
  app.notFound((c) =>
    problemResponse(c, refuse('no-such-route', `there is nothing at ${c.req.path.slice(0, 200)}`)),
  );
  app.onError((error, c) => {
    if (error instanceof Refusal) return problemResponse(c, error);
    const problem = problemOf(error, context.redact);
    // Somebody who hangs up is no trouble of ours.
    if (problem.status >= 500 && !c.req.raw.signal.aborted)
      context.logger.error(
        { event: 'request-failed', error, route: c.get('route'), code: problem.code },
        'request failed',
      );
    return problemResponse(c, { problem, headers: {} });
  });
  return app;
}

function addProbes(app: Hono<RequestVariables>, context: ServerContext): void {
  const { api, metrics, settings } = context;
  app.get('/healthz', named('/healthz'), (c) => {
    const health = api.health();
    return c.json(health, health.ready ? 200 : 503);
  });
  app.get('/readyz', named('/readyz'), (c) => {
    const readiness = api.ready();
    return c.json(readiness, readiness.ready ? 200 : 503);
  });
  const toAll = named('/metrics');
  app.get('/metrics', toAll, settings.openMetrics ? toAll : guardAccess(context, 'viewer'), async (c) => {
    c.header('Content-Type', metrics.registry.contentType);
    return c.body(await metrics.registry.metrics());
  });
}

const hookLimit = bodyLimit({
  maxSize: MAX_HOOK_BYTES,
  onError: () => {
    throw refuse('payload-too-large', `a webhook may have ${MAX_HOOK_BYTES} bytes`);
  },
});

function named(route: string) {
  return async (c: Context<RequestVariables>, next: () => Promise<void>) => {
    c.set('route', route);
    await next();
  };
}

/** Counts and times every request; whatever has no name is counted as one, so that nobody can make labels up. */
function observeRequests({ metrics, clock }: ServerContext) {
  return async (c: Context<RequestVariables>, next: () => Promise<void>) => {
    const startedMs = clock.now();
    await next();
    const route = c.get('route') ?? 'other';
    const method = ['GET', 'HEAD', 'POST', 'DELETE'].includes(c.req.method) ? c.req.method : 'other';
    metrics.requests.inc({ method, route, status: String(c.res.status) });
    metrics.requestSeconds.observe({ route }, (clock.now() - startedMs) / 1000);
  };
}

function problemResponse(
  c: Context<RequestVariables>,
  { problem, headers }: { problem: Problem; headers: Readonly<Record<string, string>> },
): Response {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  c.header('Content-Type', 'application/problem+json');
  return c.body(JSON.stringify(problem), problem.status as 400);
}
