import { gzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import { refuse } from '../refusal.ts';
import type { RequestVariables } from '../request-guard.ts';
import { findAsset } from './assets.ts';
import { fleetJson } from './fleet-json.ts';
import { readFleetQuery } from './fleet-query.ts';
import { liveStream } from './live-stream.ts';
import { guardPage } from './page-guard.ts';
import { fleetPage } from './pages/fleet-page.ts';
import { type Dashboard, show } from './show-page.ts';

/** The front page, the rows for its script, the stream of changes, and the files that pages need. */
export function addFleet(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
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
