import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readServerSettings } from '../../controller/server/server-settings.ts';
import { serveDashboard } from '../../controller/server/ui/serve-dashboard.ts';
import type { Workspace } from '../../controller/workspace.ts';

export interface ServedDashboard extends AsyncDisposable {
  readonly url: string;
  /** What the server wrote to its log. */
  readonly log: readonly string[];
}

/** The dashboard of a library on a free port. */
export async function serve(
  workspace: Workspace,
  env: Readonly<Record<string, string>> = {},
): Promise<ServedDashboard> {
  const settings = await readServerSettings(env, '127.0.0.1:0');
  const log: string[] = [];
  const sink = { write: (text: string) => log.push(text) };
  const server = await serveDashboard(workspace, { settings, version: '0.0.0-test', env, sink });
  return { url: server.url, log, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** A page that keeps what it asked for and what it complained about. */
export interface WatchedPage {
  readonly page: Page;
  readonly asked: string[];
  readonly complaints: string[];
}

export async function openPage(
  browser: Browser | BrowserContext,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<WatchedPage> {
  const page = 'newContext' in browser ? await browser.newPage(options) : await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, asked, complaints };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What is wrong with a page for people who cannot see, or cannot use a mouse: ids of rules with the elements that break them. */
export async function violations(page: Page): Promise<string[]> {
  // The page's own policy forbids scripts from elsewhere; the tool comes in past it.
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(AXE, 'utf8'));
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations: found } = await axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

const SHOTS = join(import.meta.dirname, '../../.vitest/dashboard');

/** Keeps a picture of a page, for people to look at. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}
