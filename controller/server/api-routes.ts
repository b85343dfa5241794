import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, setCookie } from 'hono/cookie';
import { CallsheetError } from '../diagnostics/errors.ts';
import { type Operation, openApiDocument, openApiPlanSchema, readOperations } from './contract.ts';
import type { Identity } from './identity.ts';
import { reconcile, resume, suspend, wake } from './operations/control-operations.ts';
import { judge, listTrash, restoreTrash } from './operations/image-operations.ts';
import type { Answer, Reply } from './operations/operation.ts';
import { approve, getDecision, getPlan, listPlans, reject } from './operations/plan-operations.ts';
import { getCosts, getRun, listRuns, planRollback } from './operations/run-operations.ts';
import { getSession, logIn, logOut } from './operations/session-operations.ts';
import { getActor, getStatus, listActors, listImages } from './operations/status-operations.ts';
import { refuse } from './refusal.ts';
import {
  claimsOf,
  guardAccess,
  guardAttempts,
  guardOrigin,
  type RequestContext,
  type RequestVariables,
  SESSION_COOKIE,
} from './request-guard.ts';
import type { ServerContext } from './server-context.ts';
import { SESSION_SECONDS } from './sessions.ts';
import { streamEvents } from './stream-events.ts';

const MAX_BODY_BYTES = 512 * 1024;
/** Parameters that say what an operation is about, for the log. */
const TARGETS = ['actor', 'plan', 'run'];
const NOBODY: Identity = { who: 'nobody', role: 'viewer', via: 'session' };

/** By `operationId` of the document; a test holds that none is missing and none too many. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  getStatus,
  listActors,
  getActor,
  listImages,
  judgeImage: judge,
  listPlans,
  getPlan,
  getDecision,
  approvePlan: approve,
  rejectPlan: reject,
  listRuns,
  getRun,
  planRollback,
  getCosts,
  listTrash,
  restoreTrash,
  reconcile,
  wake,
  suspend,
  resume,
  getSession,
  logIn,
  logOut,
  getOpenApi: () => ({ json: openApiDocument }),
  getPlanSchema: () => ({ json: openApiPlanSchema }),
};

/** The JSON API, below `/api/v1`: one route for each operation of `schemas/openapi.json`. */
export function apiRoutes(context: ServerContext): Hono<RequestVariables> {
  const app = new Hono<RequestVariables>();
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw refuse('payload-too-large', `the body is larger than ${MAX_BODY_BYTES} bytes`);
    },
  });
  for (const operation of readOperations()) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const guards = operation.role === 'none' ? guardLogIn(context) : guardAccess(context, operation.role);
    app.on(operation.method.toUpperCase(), path, nameRoute(operation), guards, limit, (c) =>
      respond(c, context, operation),
    );
  }
  return app;
}

function nameRoute({ path }: Operation) {
  return async (c: RequestContext, next: () => Promise<void>) => {
    c.set('route', `/api/v1${path}`);
    await next();
  };
}

function guardLogIn(context: ServerContext) {
  return async (c: RequestContext, next: () => Promise<void>) => {
    guardAttempts(context, claimsOf(c, context.settings).remote);
    guardOrigin(c, context);
    c.set('identity', NOBODY);
    await next();
  };
}

async function respond(c: RequestContext, context: ServerContext, operation: Operation): Promise<Response> {
  const input = operation.checkParameters(c.req.param(), new URL(c.req.url).searchParams);
  if (operation.id === 'streamEvents')
    return streamEvents(c, context, input as { types?: readonly string[] });
  const body = operation.takesBody ? operation.checkBody(await readJson(c)) : undefined;
  const identity = c.get('identity');
  const call = {
    context,
    identity,
    claims: claimsOf(c, context.settings),
    input,
    body,
    signal: c.req.raw.signal,
  };
  const reply = await ANSWERS[operation.id]!(call);
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    context.logger.info(
      {
        ...targetOf(input),
        event: 'api-call',
        operation: operation.id,
        who: identity.who,
        via: identity.via,
      },
      'API call',
    );
  }
  return toResponse(c, context, reply);
}

function targetOf(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(TARGETS.flatMap((name) => (name in input ? [[name, input[name]]] : [])));
}

async function readJson(c: RequestContext): Promise<unknown> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw refuse('unsupported-media-type', 'the body must be application/json');
  const text = await c.req.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CallsheetError('invalid-input', 'the body is not JSON', { cause });
  }
}

function toResponse(
  c: RequestContext,
  { settings }: ServerContext,
  { status = 200, json, session }: Reply,
): Response {
  const secure = settings.publicUrl?.startsWith('https:') === true;
  const cookie = { path: '/', httpOnly: true, sameSite: 'Strict', secure } as const;
  if (session === 'none') deleteCookie(c, SESSION_COOKIE, cookie);
  else if (session !== undefined)
    setCookie(c, SESSION_COOKIE, session, { ...cookie, maxAge: SESSION_SECONDS });
  return json === undefined ? c.body(null, 204) : c.json(json as object, status);
}
