import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderPlanHtml } from '../../controller/views/plan-html.ts';
import { openBrowser } from '../support/browser.ts';
import { planned } from '../support/plan-actors.ts';
import { planOf } from '../support/plan-fixtures.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'callsheet-html-'));
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a report; everything that the page asks for or complains about is kept. */
async function openReport(actors: Parameters<typeof planOf>[0], viewport = { width: 1440, height: 900 }) {
  const file = path.join(folder, `${actors.length}.html`);
  await writeFile(file, renderPlanHtml(planOf(actors), { thumbnails: new Map() }));
  const page = await browser.newPage({ viewport });
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const started = performance.now();
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  return { page, asked, complaints, ms: performance.now() - started };
}

test('ten thousand actors open in under two seconds, and each of them can be found', async () => {
  const one = planned('0', 6, 1);
  const actors = [...Array(10_000).keys()].map((index) => ({
    ...one,
    actor: String(index).padStart(5, '0'),
  }));
  const { page, asked, complaints, ms } = await openReport(actors);
  expect(ms).toBeLessThan(2000);
  expect(await page.locator('details.actor').count()).toBe(200);
  await page.keyboard.press('/');
  await page.keyboard.type('09876');
  const found = page.locator('details.actor:not([hidden])');
  await expect.poll(() => found.count(), { timeout: 20_000 }).toBe(1);
  await found.locator('summary').press('Enter');
  expect(await found.locator('.slot').textContent()).toContain('Pen and ink');
  expect(asked).toHaveLength(1);
  expect(complaints).toEqual([]);
  await page.close();
});

test('fits a narrow screen, and is read in order by landmarks and headings', async () => {
  const { page, complaints } = await openReport(
    [planned('0001', 9, 1, { name: `A name ${'that is long '.repeat(12)}` }), planned('0002', 4, 2)],
    { width: 390, height: 800 },
  );
  await page.locator('details.actor summary').first().click();
  expect(await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)).toBe(0);
  expect(await page.locator('main').count()).toBe(1);
  expect(await page.locator('h1').count()).toBe(1);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.locator('img:not([alt])').count()).toBe(0);
  await page.keyboard.press('Tab');
  expect(complaints).toEqual([]);
  await page.close();
});
