import { gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, setCookie } from 'hono/cookie';
import { CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import { isActorId } from '../../library/url-template.ts';
import { readDecision } from '../../usecases/decide-plan.ts';
import { loadPlan } from '../../usecases/plan-files.ts';
import { readRun } from '../../usecases/read-history.ts';
import type { Workspace } from '../../workspace.ts';
import { byToken } from '../identity.ts';
import { problemOf } from '../problem.ts';
import { Refusal, refuse } from '../refusal.ts';
import {
  claimsOf,
  guardAttempts,
  type RequestContext,
  type RequestVariables,
  SESSION_COOKIE,
} from '../request-guard.ts';
import type { ServerContext } from '../server-context.ts';
import { SESSION_SECONDS } from '../sessions.ts';
import { readActorStory } from './actor-view.ts';
import { findAsset } from './assets.ts';
import { addDecisions } from './decisions.ts';
import { FleetBoard } from './fleet-board.ts';
import { fleetJson } from './fleet-json.ts';
import { readFleetQuery } from './fleet-query.ts';
import { type PageContent, renderBarePage, renderPage } from './layout.ts';
import { liveStream } from './live-stream.ts';
import { Notices } from './notices.ts';
import { guardFormOrigin, guardPage } from './page-guard.ts';
import { actorPage } from './pages/actor-page.ts';
import { fleetPage } from './pages/fleet-page.ts';
import { imagePage } from './pages/image-page.ts';
import { logInPage, problemPage } from './pages/other-pages.ts';
import { planPage } from './pages/plan-page.ts';
import { type PlanWord, plansPage, planWord } from './pages/plans-page.ts';
import { runPage, runsPage } from './pages/runs-page.ts';
import { contactSheet, Pictures, type ServedPicture } from './pictures.ts';
import { planHtmlOf } from './plan-report.ts';
import type { PlanEntry, RunEntry } from './state-index.ts';

/** What the routes of the dashboard share. */
export interface Dashboard {
  readonly context: ServerContext;
  readonly board: FleetBoard;
  readonly pictures: Pictures;
  readonly notices: Notices;
}

const MAX_FORM_BYTES = 256 * 1024;
const PLANS_LISTED = 30;
const RUNS_LISTED = 100;
const DECISIONS: ReadonlySet<string> = new Set([
  'pin',
  'unpin',
  'relabel',
  'reject',
  'withdraw',
  'approve',
  'suspend',
  'resume',
  'trash-restore',
  'trash-empty',
]);

/** Adds the pages for people, from `/` on, behind the guards that the server has. */
export function mountDashboard(app: Hono<RequestVariables>, context: ServerContext): void {
  const { library, clock, api } = context;
  const dashboard: Dashboard = {
    context,
    board: new FleetBoard({ library, clock, api }),
    pictures: new Pictures(),
    notices: new Notices(),
  };
  const pages = new Hono<RequestVariables>();
  pages.onError((error, c) => answerError(c, context, error));
  pages.use(async (c, next) => {
    c.set('route', 'dashboard');
    await next();
  });
  pages.use(
    bodyLimit({
      maxSize: MAX_FORM_BYTES,
      onError: () => {
        throw refuse('payload-too-large', `a form may have ${MAX_FORM_BYTES} bytes`);
      },
    }),
  );
  addLogIn(pages, context);
  addFleet(pages, dashboard);
  addActors(pages, dashboard);
  addPlans(pages, dashboard);
  addRuns(pages, dashboard);
  addDecisions(pages, dashboard);
  app.route('/', pages);
}

function addFleet(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
  const { context, board } = dashboard;
  pages.get('/', async (c) => {
    const identity = guardPage(c, context);
    const snapshot = await board.snapshot();
    const query = readFleetQuery(new URL(c.req.url).searchParams);
    const main = fleetPage({
      snapshot,
      query,
      canDecide: identity.role === 'editor',
      planning: board.planning,
    });
    return await show(c, dashboard, { title: 'Fleet', place: 'fleet', main, scripts: ['fleet.js'] });
  });
  let packed: { version: number; bytes: Uint8Array<ArrayBuffer> } | undefined;
  pages.get('/fleet.json', async (c) => {
    guardPage(c, context);
    const snapshot = await board.snapshot();
    const tag = `"${snapshot.version}"`;
    c.header('Cache-Control', 'private, no-cache');
    c.header('ETag', tag);
    if (c.req.header('if-none-match') === tag) return c.body(null, 304);
    if (packed?.version !== snapshot.version) {
      packed = {
        version: snapshot.version,
        bytes: new Uint8Array(gzipSync(JSON.stringify(fleetJson(snapshot)), { level: 1 })),
      };
    }
    c.header('Content-Type', 'application/json');
    c.header('Content-Encoding', 'gzip');
    return c.body(packed.bytes);
  });
  pages.get('/live', (c) => {
    guardPage(c, context);
    return liveStream(c, dashboard);
  });
  pages.get('/assets/:name', (c) => {
    const found = findAsset(c.req.param('name'));
    if (found === undefined) throw refuse('no-such-route', 'there is no such file');
    c.header('Content-Type', found.contentType);
    c.header(
      'Cache-Control',
      c.req.query('v') === found.digest ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    return c.body(new Uint8Array(found.bytes));
  });
}

function addActors(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
  const { context, board, pictures } = dashboard;
  pages.get('/actors/:actor', async (c) => {
    const identity = guardPage(c, context);
    const actor = actorIn(c);
    const story = await storyOf(c, dashboard, actor);
    const { rows } = await board.snapshot();
    const at = rows.findIndex((row) => row.actor === actor);
    const neighbours = { previous: rows[at - 1]?.actor, next: at < 0 ? undefined : rows[at + 1]?.actor };
    const main = actorPage({ story, canDecide: identity.role === 'editor', neighbours });
    const title = story.plan.name === undefined ? actor : `${actor} ${story.plan.name}`;
    return await show(c, dashboard, { title, place: 'fleet', main, scripts: ['decide.js'] });
  });
  pages.get('/actors/:actor/images/:key', async (c) => {
    const identity = guardPage(c, context);
    const actor = actorIn(c);
    const story = await storyOf(c, dashboard, actor);
    const card = [...story.images, ...story.orphans].find(({ key }) => key === c.req.param('key'));
    if (card === undefined)
      throw new CallsheetError('not-found', `actor "${actor}" has no such picture any more`);
    const main = imagePage({ story, card, canDecide: identity.role === 'editor' });
    return await show(c, dashboard, {
      title: `Picture of ${actor}`,
      place: 'fleet',
      main,
      scripts: ['decide.js'],
    });
  });
  pages.get('/actors/:actor/pictures/:digest/:size', async (c) => {
    guardPage(c, context);
    const actor = actorIn(c);
    const digest = c.req.param('digest');
    const make = { 'thumb.webp': 'thumbnail', 'preview.webp': 'preview', original: 'original' } as const;
    const size = make[c.req.param('size') as keyof typeof make];
    if (size === undefined || !/^[0-9a-f]{64}$/.test(digest))
      throw refuse('no-such-route', 'there is no such picture');
    const { signal } = c.req.raw;
    const picture = await context.library.use((workspace) =>
      pictures[size](workspace, actor, digest, signal),
    );
    if (size === 'original') c.header('Content-Disposition', `attachment; filename="${digest.slice(0, 16)}"`);
    return sendPicture(c, picture, 'private, max-age=31536000, immutable');
  });
  pages.get('/actors/:actor/sheets/:sheet{[1-9][0-9]?\\.jpg}', async (c) => {
    guardPage(c, context);
    const sheet = Number.parseInt(c.req.param('sheet'), 10);
    const picture = await context.library.use((workspace) =>
      contactSheet(workspace, actorIn(c), sheet, c.req.raw.signal),
    );
    return sendPicture(c, picture, 'private, no-cache');
  });
}

function addPlans(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
  const { context, board } = dashboard;
  const { index } = board;
  pages.get('/plans', async (c) => {
    guardPage(c, context);
    await board.snapshot();
    const before = c.req.query('before');
    const ids = index.planIds.filter((id) => before === undefined || id < before);
    const listed = ids.slice(0, PLANS_LISTED);
    const main = await context.library.use(async ({ state }) => {
      await index.readOlder(state, listed);
      const plans = index.plans.filter(({ id }) => listed.includes(id));
      const standing = new Map<string, PlanWord>();
      for (const plan of plans) standing.set(plan.id, await wordOf(dashboard, state, plan));
      return plansPage({
        plans,
        standing,
        runs: runsByPlan(index.runs),
        more: ids.length > PLANS_LISTED ? listed.at(-1) : undefined,
      });
    });
    return await show(c, dashboard, { title: 'Plans', place: 'plans', main });
  });
  pages.get('/plans/:plan', async (c) => {
    const identity = guardPage(c, context);
    await board.snapshot();
    const main = await context.library.use(async ({ state }) => {
      const plan = await loadPlan({ state }, planIn(c), c.req.raw.signal);
      const decision = await readDecision(state, plan);
      await index.readOlder(state, [plan.id]);
      const entry = index.plans.find(({ id }) => id === plan.id);
      const word = entry === undefined ? 'superseded' : await wordOf(dashboard, state, entry);
      const run = runsByPlan(index.runs).get(plan.id);
      return planPage({ plan, decision, word, run, canDecide: identity.role === 'editor', page: pageIn(c) });
    });
    return await show(c, dashboard, { title: 'Plan', place: 'plans', main });
  });
  pages.get('/plans/:plan/report', async (c) => {
    guardPage(c, context);
    const report = await context.library.use((workspace) =>
      planHtmlOf(workspace, planIn(c), c.req.raw.signal),
    );
    // A file of its own, with scripts and styles in it: never a page of this site.
    c.header('Content-Disposition', `attachment; filename="${planIn(c)}.html"`);
    c.header('Content-Type', 'text/html; charset=utf-8');
    return c.body(report);
  });
}

function addRuns(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
  const { context, board } = dashboard;
  pages.get('/runs', async (c) => {
    guardPage(c, context);
    await board.snapshot();
    const only = c.req.query('only');
    const filter = only === 'runs' || only === 'decisions' ? only : 'all';
    const runs = board.index.runs
      .filter(({ kind }) => filter === 'all' || DECISIONS.has(kind) === (filter === 'decisions'))
      .slice(0, RUNS_LISTED);
    return await show(c, dashboard, { title: 'Runs', place: 'runs', main: runsPage(runs, filter) });
  });
  pages.get('/runs/:run', async (c) => {
    guardPage(c, context);
    await board.snapshot();
    const main = await context.library.use(async ({ state }) => {
      const run = await readRun({ state }, c.req.param('run'), c.req.raw.signal);
      if (run.plan !== undefined) await board.index.readOlder(state, [run.plan]);
      const plan = board.index.plans.find(({ id }) => id === run.plan);
      return runPage({ run, plan: run.kind === 'approve' ? undefined : plan, page: pageIn(c) });
    });
    return await show(c, dashboard, { title: 'Run', place: 'runs', main });
  });
}

function addLogIn(pages: Hono<RequestVariables>, context: ServerContext): void {
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

async function show(
  c: RequestContext,
  { context, board, notices }: Dashboard,
  content: PageContent,
): Promise<Response> {
  const identity = guardPage(c, context);
  const { library } = await board.snapshot();
  const notice = notices.take(c.req.query('said') ?? '');
  const who =
    identity.via === 'loopback' && identity.who === 'local'
      ? await context.library.use(async (workspace) => workspace.who)
      : identity.who;
  const frame = {
    library,
    identity,
    who,
    canLogOut: identity.via === 'session',
    version: context.version,
    ...(notice === undefined ? {} : { notice }),
  };
  c.header('Cache-Control', 'private, no-store');
  return c.html(renderPage(frame, content));
}

function answerError(c: RequestContext, context: ServerContext, error: unknown): Response {
  const refused = error instanceof Refusal;
  const problem = refused ? error.problem : problemOf(error, context.redact);
  const isPage = c.req.header('accept')?.includes('text/html') === true;
  if (
    refused &&
    problem.code === 'unauthenticated' &&
    isPage &&
    c.req.method === 'GET' &&
    context.settings.tokens.length > 0
  ) {
    return c.redirect('/login', 303);
  }
  if (problem.status >= 500)
    context.logger.error({ error, route: 'dashboard', code: problem.code }, 'Request failed');
  if (refused) for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  if (!isPage) {
    c.header('Content-Type', 'application/problem+json');
    return c.body(JSON.stringify(problem), problem.status as 400);
  }
  return c.html(renderBarePage(problem.title, problemPage(problem)), problem.status as 400);
}

/** Everything about one actor. @throws CallsheetError `not-found`. */
export async function storyOf(c: RequestContext, { context, board }: Dashboard, actor: string) {
  const snapshot = await board.snapshot();
  const { signal } = c.req.raw;
  const story = await context.library.use((workspace) =>
    readActorStory(workspace, actor, { index: board.index, status: context.api.actor(actor) }, signal),
  );
  const unknown = story.plan.status === 'error' && story.images.length === 0 && !snapshot.byActor.has(actor);
  if (unknown && !(await exists(context, actor)))
    throw new CallsheetError('not-found', `there is no actor "${actor}"`);
  return story;
}

async function exists({ library }: ServerContext, actor: string): Promise<boolean> {
  const { selectActors } = await import('../../usecases/select-actors.ts');
  try {
    await library.use((workspace) => selectActors(workspace, { actors: [actor] }));
    return true;
  } catch (error) {
    if (isCallsheetError(error, 'not-found')) return false;
    throw error;
  }
}

/** @throws Refusal for what cannot be the id of an actor. */
export function actorIn(c: RequestContext): string {
  const actor = c.req.param('actor') ?? '';
  if (!isActorId(actor)) throw refuse('no-such-route', 'there is no such actor');
  return actor;
}

/** @throws Refusal for what cannot be the id of a plan. */
export function planIn(c: RequestContext): string {
  const plan = c.req.param('plan') ?? '';
  if (!/^[\w-]{1,100}$/.test(plan) || plan === 'latest')
    throw refuse('no-such-route', 'there is no such plan');
  return plan;
}

function pageIn(c: RequestContext): number {
  const page = Number(c.req.query('page') ?? 1);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

async function wordOf({ board }: Dashboard, state: Workspace['state'], plan: PlanEntry): Promise<PlanWord> {
  const { index } = board;
  const decided = index.has(plan.id, 'approval');
  const decision = decided ? (await readDecision(state, await loadPlan({ state }, plan.id))).state : 'open';
  return planWord(plan, {
    applied: index.has(plan.id, 'applied'),
    decision,
    newest: index.planIds[0] === plan.id,
  });
}

function runsByPlan(runs: readonly RunEntry[]): Map<string, RunEntry> {
  const executions = runs.filter(
    ({ kind, plan }) => plan !== undefined && (kind === 'apply' || kind === 'rollback'),
  );
  return new Map(executions.map((run) => [run.plan!, run]));
}

function sendPicture(c: RequestContext, { bytes, contentType }: ServedPicture, caching: string): Response {
  c.header('Content-Type', contentType);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Cache-Control', caching);
  return c.body(new Uint8Array(bytes));
}
