import { problemOf } from '../problem.ts';
import { Refusal } from '../refusal.ts';
import type { RequestContext } from '../request-guard.ts';
import type { ServerContext } from '../server-context.ts';
import type { FleetBoard } from './fleet-board.ts';
import { type PageContent, renderBarePage, renderPage } from './layout.ts';
import type { Notices } from './notices.ts';
import { guardPage } from './page-guard.ts';
import { problemPage } from './pages/other-pages.ts';
import type { Pictures } from './pictures.ts';

/** What the routes of the dashboard share. */
export interface Dashboard {
  readonly context: ServerContext;
  readonly board: FleetBoard;
  readonly pictures: Pictures;
  readonly notices: Notices;
}

/** Answers with a whole page. */
export async function show(
  c: RequestContext,
  { context, board, notices }: Dashboard,
  content: PageContent,
): Promise<Response> {
  const identity = guardPage(c, context);
  const { library, reasons } = await board.snapshot();
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
    reasons,
    version: context.version,
    ...(notice === undefined ? {} : { notice }),
  };
  c.header('Cache-Control', 'private, no-store');
  return c.html(renderPage(frame, content));
}

/** Tells what went wrong: people as a page, scripts as JSON; whoever has to log in is sent there. */
export function answerError(c: RequestContext, context: ServerContext, error: unknown): Response {
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
  // Whoever has gone on to another page has no trouble, and gets no answer.
  const isGone = c.req.raw.signal.aborted;
  if (problem.status >= 500 && !isGone)
    context.logger.error(
      { event: 'request-failed', error, route: 'dashboard', code: problem.code },
      'request failed',
    );
  if (refused) for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  if (!isPage) {
    c.header('Content-Type', 'application/problem+json');
    return c.body(JSON.stringify(problem), problem.status as 400);
  }
  return c.html(renderBarePage(problem.title, problemPage(problem)), problem.status as 400);
}
