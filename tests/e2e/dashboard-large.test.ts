import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ActorPlan } from '../../controller/plan/plan.ts';
import { keepPlan } from '../../controller/usecases/plan-files.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { openBrowser } from '../support/browser.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openPage, type ServedDashboard, serve } from '../support/dashboard.ts';
import { manyActors } from '../support/large-plan.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { planOf } from '../support/plan-fixtures.ts';

// A browser on a machine that many share takes its time; every wait below ends by itself.
vi.setConfig({ testTimeout: 90_000 });

let browser: Browser;
let root: string;
let workspace: Workspace;
let dashboard: ServedDashboard;

function copies(plan: ActorPlan, count: number, prefix: string): ActorPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    ...plan,
    actor: `${prefix}${String(index).padStart(5, '0')}`,
  }));
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-large-'));
  await buildLibrary(root, [{ id: '00001', images: some('photorealistic', 2) }]);
  ({ workspace } = await openColourWorkspace(root));
  const [balanced] = manyActors(1, [13, 4, 3]);
  const [skewed] = manyActors(1, [19, 1, 0]);
  const actors = [...copies(balanced!, 4000, ''), ...copies(skewed!, 6000, 'x')];
  await keepPlan(workspace, planOf(actors), '');
  dashboard = await serve(workspace);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await dashboard?.[Symbol.asyncDispose]();
  await workspace?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

const SOON = { timeout: 20_000 };

/** What was promised is of a machine with a core to spare; where many wait for each, everything takes that much longer. */
function allowed(ms: number): number {
  return ms * Math.max(1, loadavg()[0]! / availableParallelism());
}

/** The shortest of a few tries: what else the machine does must not count, and a page that is slow is slow every time. */
async function best(enoughMs: number, measure: () => Promise<number>): Promise<number> {
  let bestMs = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 6 && bestMs >= enoughMs; tries += 1) bestMs = Math.min(bestMs, await measure());
  return bestMs;
}

it('is quick with ten thousand actors: there in a second, filtered in a tenth', async () => {
  // What is measured is a page, not the first reading of a plan of fifteen megabytes.
  await fetch(dashboard.url);
  const { page } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  await page.goto(`${dashboard.url}/plans`);
  const readyMs = await best(allowed(1000), async () => {
    const started = performance.now();
    await page.goto(dashboard.url, { waitUntil: 'commit' });
    await page.locator('#fleet[data-ready]').waitFor();
    return performance.now() - started;
  });

  expect(await page.locator('h1').innerText()).toBe('4,000 of 10,000 actors are balanced.');
  expect(readyMs).toBeLessThan(allowed(1000));
  const tookMs = async () => Number(await page.locator('#fleet').getAttribute('data-took'));
  for (const [text, found] of [
    ['x00', '1,000 actors'],
    ['x0001', '10 actors'],
    ['', '10,000 actors'],
  ] as const) {
    const filterMs = await best(allowed(100), async () => {
      await page.locator('#find').fill(`${text} nobody`);
      await expect.poll(() => page.locator('#found').innerText(), SOON).toBe('0 actors');
      await page.locator('#find').fill(text);
      await expect.poll(() => page.locator('#found').innerText(), SOON).toBe(found);
      return await tookMs();
    });
    expect(filterMs, `filter by ${text}`).toBeLessThan(allowed(100));
  }
  const sortMs = await best(allowed(100), async () => {
    await page.getByRole('link', { name: 'Images' }).click();
    return await tookMs();
  });
  expect(sortMs).toBeLessThan(allowed(100));
  await page.close();
});

it('answers a page without looking at the actors again', async () => {
  const eachMs = await best(allowed(300), async () => {
    const started = performance.now();
    const pages = await Promise.all([1, 2, 3].map(() => fetch(`${dashboard.url}/?q=x0`)));
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    return (performance.now() - started) / 3;
  });
  expect(eachMs).toBeLessThan(allowed(300));
});
