import type { Hono } from 'hono';
import { CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import { isActorId } from '../../library/url-template.ts';
import { selectActors } from '../../usecases/select-actors.ts';
import { refuse } from '../refusal.ts';
import type { RequestContext, RequestVariables } from '../request-guard.ts';
import type { ServerContext } from '../server-context.ts';
import { readActorStory } from './actor-view.ts';
import { guardPage } from './page-guard.ts';
import { actorPage } from './pages/actor-page.ts';
import { imagePage } from './pages/image-page.ts';
import { contactSheet, type ServedPicture } from './pictures.ts';
import { type Dashboard, show } from './show-page.ts';

/** One actor, one picture, and the pictures themselves. */
export function addActors(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
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
  pages.get('/actors/:actor/face.webp', async (c) => {
    guardPage(c, context);
    const actor = actorIn(c);
    const { signal } = c.req.raw;
    const picture = await context.library.use((workspace) => pictures.face(workspace, actor, signal));
    // Not an error: of many actors there is no picture yet.
    if (picture === undefined) return c.body(null, 204);
    return sendPicture(c, picture, 'private, max-age=300');
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

/** Everything about one actor. @throws CallsheetError `not-found`. */
export async function storyOf(c: RequestContext, { context, board }: Dashboard, actor: string) {
  // Its history comes from there; of one actor somebody wants to see what has just been done.
  const snapshot = await board.latest();
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

function sendPicture(c: RequestContext, { bytes, contentType }: ServedPicture, caching: string): Response {
  c.header('Content-Type', contentType);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Cache-Control', caching);
  return c.body(new Uint8Array(bytes));
}
