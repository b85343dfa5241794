import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunRecord } from '../../controller/records/run-record.ts';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import { keepPlan } from '../../controller/usecases/plan-files.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { runPath } from '../../controller/usecases/run-log.ts';
import { FILM, some } from '../support/build-library.ts';
import {
  type OpenedDashboard,
  openDashboard,
  openPage,
  serve,
  shoot,
  violations,
} from '../support/dashboard.ts';
import { realPictures } from '../support/real-pictures.ts';

// A browser on a machine that many share takes its time; every wait below ends by itself.
vi.setConfig({ testTimeout: 90_000 });

const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: night-train }
spec:
  actors: file:data/actor_manifests/{actor}.json
  manifests: file:data/actors/{actor}/training_data/manifest.json
  images: file:data/actors/{actor}/training_data/images/
  state: file:state
  guards: { maxDeletes: 1, maxDeleteShare: 100 }
  limits: { budget: { perDay: 5 } }
`;

/** The server looks every two seconds; on a busy machine that takes longer. */
const SOON = { timeout: 20_000 };
/** As much as the issue allows for the thumbnails of an actor's page. */
const THUMBNAIL_BYTES = 300_000;

let opened: OpenedDashboard;
let page: OpenedDashboard['page'];
let go: OpenedDashboard['go'];

beforeAll(async () => {
  opened = await openDashboard(
    [
      {
        id: '0001',
        images: [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)],
      },
      {
        id: '0002',
        images: [
          ...some('photorealistic', 16, [3, 9, 2]),
          ...some('bw_stylized', 4),
          ...some('color_stylized', 1),
        ],
      },
      {
        id: '0003',
        images: [...some('photorealistic', 5), ...some('bw_stylized', 1), ...some('color_stylized', 1)],
      },
      { id: '0004', type: 'extra', images: await realPictures(20) },
    ],
    {
      'library.yaml': LIBRARY,
      'film.yaml': FILM.replace('  total: 20', '  selector: { types: [film] }\n  total: 20'),
    },
  );
  ({ page, go } = opened);
});

afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

describe('the fleet', () => {
  it('says how many stand how, what was spent against the budget, and shows who', async () => {
    await go('/');

    expect(await page.locator('h1').innerText()).toBe('1 of 4 actors is balanced.');
    const tiles = await page.locator('.tile').allInnerTexts();
    expect(tiles.slice(0, 5)).toEqual([
      '1\nBalanced\n25.0%',
      '2\nOut of balance\n50.0%',
      '0\nFailing\n0.0%',
      '1\nWaiting\n25.0%',
      '$0\nSpent today\nof $5.00 a day',
    ]);
    expect(tiles[5]).toMatch(/^\$0\nThis month\nof \$1[345]\d\.00 in (28|29|30|31) days$/);
    expect(await page.locator('#rows tr').count()).toBe(4);
    await expect
      .poll(
        () =>
          page
            .locator('.face img')
            .evaluateAll((all) =>
              all.map((one) => (one as unknown as { naturalWidth: number }).naturalWidth),
            ),
        SOON,
      )
      .toEqual([48, 48, 88, 48]);
    await shoot(page, 'fleet');
  });

  it('filters as one types, and keeps the filter in the address', async () => {
    await go('/');
    await page.locator('#fleet[data-ready]').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('0003');

    await expect.poll(() => page.locator('#rows tr').count(), SOON).toBe(1);
    expect(new URL(page.url()).search).toBe('?q=0003');
    await page.getByRole('link', { name: /0003/ }).click();
    expect(await page.locator('h1').innerText()).toContain('0003');
  });

  it('works without a script', async () => {
    const context = await opened.browser.newContext({ javaScriptEnabled: false });
    context.setDefaultTimeout(20_000);
    const plain = await context.newPage();
    await plain.goto(`${opened.url}/?standing=waiting`);

    expect(await plain.locator('#rows tr').allInnerTexts()).toEqual([expect.stringContaining('0004')]);
    await plain.getByRole('link', { name: 'Images' }).click();
    expect(new URL(plain.url()).search).toContain('sort=images');
    await plain.goto(`${opened.url}/actors/0003`);
    await plain.locator('.card .quick button').first().click();
    expect(await plain.locator('.notice').innerText()).toContain('Pinned');
    await plain.getByRole('button', { name: 'Undo' }).click();
    expect(await plain.locator('.notice').innerText()).toContain('No longer pinned');
    await context.close();
  });

  it('shows a new plan without being asked, and says when the connection is lost', async () => {
    await go('/');
    await expect.poll(() => page.locator('#link').innerText(), SOON).toBe('live');
    expect(await page.locator('.banner').innerText()).toContain('A plan waits');
    const plan = await planLibrary(opened.workspace, { refresh: false });
    await keepPlan(opened.workspace, plan, '');

    await expect.poll(() => page.locator('.banner a').getAttribute('href'), SOON).toBe(`/plans/${plan.id}`);

    const second = await serve(opened.workspace);
    const { page: other } = await openPage(opened.browser);
    await other.goto(second.url);
    await expect.poll(() => other.locator('#link').innerText(), SOON).toBe('live');
    await second[Symbol.asyncDispose]();
    await expect.poll(() => other.locator('#link').innerText(), SOON).toBe('connection lost');
    await other.close();
  });
});

describe('an actor', () => {
  it('shows what is there, what goes and why, and what comes', async () => {
    await go('/actors/0002');

    expect(await page.locator('.card.going .fate').allInnerTexts()).toEqual(Array(3).fill('Goes: too many'));
    expect(await page.locator('.card.slot').count()).toBe(2);
    expect(await page.locator('.card.slot').first().innerText()).toMatch(/Comes: prompt \d+\s+\S.{20}/);
    expect(await page.locator('.mix .said').first().innerText()).toBe('16 of 13, 11–15 allowed');
    expect(await page.locator('.mix .zone').count()).toBe(3);
    const caption = page.locator('.card .cap').first();
    expect(await caption.locator('.quality').getAttribute('title')).toBe('Quality 3 of 10');
    expect(await caption.innerText()).toMatch(/^#1\s[\s\S]*uploaded\s+95% sure$/);
    await page.getByText('Contact sheet').click();
    await page.locator('.sheets img').first().scrollIntoViewIfNeeded();
    await expect
      .poll(
        () =>
          page
            .locator('.sheets img')
            .first()
            .evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth),
        SOON,
      )
      .toBeGreaterThan(900);
    await shoot(page, 'actor');
  });

  it('shows real photographs as thumbnails of less than 300 kB in all, and never the originals', async () => {
    const bodies: Promise<Buffer>[] = [];
    const paths: string[] = [];
    const { page: fresh } = await openPage(opened.browser, { viewport: { width: 1440, height: 900 } });
    fresh.on('response', (response) => {
      if (!response.url().includes('/pictures/')) return;
      paths.push(new URL(response.url()).pathname);
      bodies.push(response.body());
    });
    await fresh.goto(`${opened.url}/actors/0004`);
    const pictures = fresh.locator('.card img');
    expect(await pictures.count()).toBe(20);
    for (const picture of await pictures.all()) await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => bodies.length, SOON).toBe(20);
    const bytes = (await Promise.all(bodies)).reduce((sum, { length }) => sum + length, 0);

    expect(bytes).toBeLessThan(THUMBNAIL_BYTES);
    expect(paths.filter((path) => !path.endsWith('/thumb.webp'))).toEqual([]);
    await shoot(fresh, 'actor-photographs');
    await fresh.close();
  });
});

describe('a run', () => {
  it('is followed while it goes on', async () => {
    const running: RunRecord = {
      formatVersion: '1.0',
      id: 'run-20200101T000000Z-0000001',
      kind: 'apply',
      by: 'ada@studio',
      startedAt: '2020-01-01T00:00:00Z',
      status: 'running',
      actors: [],
      costUsd: 0,
      estimateUsd: 0.08,
    };
    const action = { id: 'generate-1', kind: 'generate', outcome: 'done', costUsd: 0.04 } as const;
    const actor = { actor: '0002', type: 'film', outcome: 'applied', costUsd: 0.04 } as const;
    const write = (change: Partial<RunRecord>) =>
      opened.workspace.state.write(runPath(running.id), { ...running, ...change });
    await write({});
    await go(`/runs/${running.id}`);
    expect(await page.locator('.chip').first().innerText()).toBe('In progress');

    await write({
      actors: [{ ...actor, actions: [action, { ...action, id: 'generate-2', outcome: 'failed' }] }],
      costUsd: 0.04,
    });
    await expect
      .poll(() => page.locator('.progress').innerText(), SOON)
      .toContain('1 of 2 actions done, 1 failed');
    expect(await page.locator('.costs').innerText()).toMatch(/Estimate\s+\$0\.08\s+Actual\s+\$0\.04/);
    await write({ status: 'partial', finishedAt: '2020-01-01T00:00:09Z', costUsd: 0.04 });
    await expect.poll(() => page.locator('.chip').first().innerText(), SOON).toBe('Complete in part');
    await opened.workspace.state.remove(runPath(running.id));
  });

  it('shows in the history with before and after, and can be rolled back by a plan', async () => {
    const { workspace } = opened;
    const plan = await planLibrary(workspace, { refresh: true });
    await keepPlan(workspace, plan, '');
    const run = await applyPlan(workspace, plan, { lifted: plan.guards.map(({ name }) => name) });

    await go('/actors/0002');
    expect(await page.locator('.chip').first().innerText()).toBe('Balanced');
    expect(await page.locator('.history').innerText()).toMatch(/Photorealistic 16 → 13/);
    expect(await page.locator('.film img').count()).toBe(5);
    await shoot(page, 'actor-after');
    await page.locator('.badge.made').first().hover();
    expect(await page.locator('.badge.made').first().getAttribute('title')).toMatch(
      /^Prompt \d+, seed \d+, .*run-/,
    );
    await page.locator('.card:has(.made) .pic').first().click();
    const facts = await page.locator('.sheet').innerText();
    for (const fact of ['Model', 'Prompt', 'Seed', 'Run', 'Cost', run.id]) expect(facts).toContain(fact);

    await go('/runs');
    await page.getByRole('link', { name: 'Apply' }).first().click();
    expect(await page.locator('.progress').innerText()).toMatch(/(\d+) of \1 actions done/);
    await shoot(page, 'run');
    await page.getByRole('button', { name: 'Roll back' }).click();
    expect(await page.locator('.notice').innerText()).toContain('Nothing is undone before');
    expect(await page.locator('h1').innerText()).toContain('of 2 actors change');
    expect((await opened.latestRun()).id).toBe(run.id);
    await shoot(page, 'rollback');
  });
});

/** Looked at in depth at both widths; of the others only that they fit. */
const NARROW = ['/', '/actors/0002'];

describe('every page', () => {
  it('has no violation that axe finds, in light and dark, wide and narrow, and fits', {
    timeout: 120_000,
  }, async () => {
    await go('/actors/0002');
    const image = await page.locator('.card .pic').first().getAttribute('href');
    await go('/plans');
    const plan = await page.locator('tbody a').first().getAttribute('href');
    const run = await opened.latestRun();
    const pages = ['/', '/actors/0002', image!, '/plans', plan!, '/runs', `/runs/${run.id}`, '/actors/9999'];
    const found: string[] = [];
    for (const [width, colorScheme] of [
      [1440, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      for (const path of pages) {
        await go(path);
        if (width === 1440 || NARROW.includes(path))
          found.push(...(await violations(page)).map((violation) => `${width} ${path} ${violation}`));
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        if (over > 0) found.push(`${width} ${path} is ${over} px too wide`);
        if (NARROW.includes(path))
          await shoot(page, `${path === '/' ? 'fleet' : 'actor'}-${width}-${colorScheme}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('prints dark on white, with nothing to press and nothing folded', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await go('/plans');
    await page.locator('tbody a').first().click();
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await page.locator('button:visible, input:visible, nav:visible, .foot:visible').count()).toBe(0);
    expect(await page.locator('.change .card:visible').count()).toBeGreaterThan(5);
    const [ink, paper] = await page.evaluate<string[]>(
      '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]',
    );
    expect([ink, paper]).toEqual(['rgb(31, 29, 26)', 'rgb(255, 255, 255)']);
    await writeFile(join(opened.root, 'plan.pdf'), await page.pdf());
    await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
  });

  it('asks nobody but its own server, and complains about nothing', () => {
    expect(opened.asked.filter((url) => !url.startsWith(`${opened.url}/`))).toEqual([]);
    // The page that is not there is the only thing a browser may remark on.
    expect(opened.log).toEqual([]);
    expect(opened.complaints.filter((text) => !text.includes('404'))).toEqual([]);
    expect(opened.log).toEqual([]);
  });
});
