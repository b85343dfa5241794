import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { ActorPlan } from '../../controller/plan/plan.ts';
import type { RunRecord } from '../../controller/records/run-record.ts';
import { systemClock } from '../../controller/runtime/clock.ts';
import type { LibraryAccess } from '../../controller/server/server-context.ts';
import { readServerSettings } from '../../controller/server/server-settings.ts';
import { serveDashboard } from '../../controller/server/ui/serve-dashboard.ts';
import { keepPlan } from '../../controller/usecases/plan-files.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { readHistory } from '../../controller/usecases/read-history.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { openBrowser } from './browser.ts';
import { type BuiltActor, buildLibrary } from './build-library.ts';
import { openColourWorkspace } from './open-colour-workspace.ts';

export interface ServedDashboard extends AsyncDisposable {
  readonly url: string;
  /** What the server wrote to its log. */
  readonly log: readonly string[];
}

/** The dashboard of a library on a free port. */
export async function serve(
  library: Workspace | LibraryAccess,
  env: Readonly<Record<string, string>> = {},
): Promise<ServedDashboard> {
  const settings = await readServerSettings(env, '127.0.0.1:0');
  const log: string[] = [];
  const sink = { write: (text: string) => log.push(text) };
  const access =
    'use' in library ? library : { use: <R>(work: (workspace: Workspace) => Promise<R>) => work(library) };
  const server = await serveDashboard(access, {
    settings,
    version: '0.0.0-test',
    clock: systemClock,
    env,
    sink,
  });
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

let axeSource: string | undefined;
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What is wrong with a page for people who cannot see, or cannot use a mouse: ids of rules with the elements that break them. */
export async function violations(page: Page): Promise<string[]> {
  // The page's own policy forbids scripts from elsewhere; the tool comes in past it.
  axeSource ??= await readFile(AXE, 'utf8');
  await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    // Only what is wrong is worked out in full: a third of the time.
    const { violations: found } = await axe.run({ resultTypes: ['violations'] });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

/** A library with its dashboard, and a browser on it: made once for a file of tests. */
export interface OpenedDashboard extends AsyncDisposable, WatchedPage {
  readonly root: string;
  readonly workspace: Workspace;
  readonly browser: Browser;
  readonly url: string;
  readonly log: readonly string[];
  /** To a page of the dashboard, until its scripts have run; its pictures may still come. */
  go(path: string): Promise<void>;
  /** The newest entry of the history. */
  latestRun(): Promise<RunRecord>;
  /** What would be done with an actor now. */
  nextPlan(actor: string): Promise<ActorPlan>;
}

export async function openDashboard(
  actors: readonly BuiltActor[],
  specs: Readonly<Record<string, string>>,
): Promise<OpenedDashboard> {
  await using started = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), 'callsheet-ui-'));
  started.defer(() => rm(root, { recursive: true, force: true }));
  await buildLibrary(root, actors, specs);
  const { workspace } = await openColourWorkspace(root);
  started.use(workspace);
  await keepPlan(workspace, await planLibrary(workspace, { refresh: true }), '');
  const { url, log } = started.use(await serve(workspace));
  const browser = await openBrowser();
  started.defer(() => browser.close());
  const watched = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  // Longer than anything takes on a busy machine: what is waited for comes, or the test fails.
  watched.page.setDefaultTimeout(20_000);
  const stack = started.move();
  return {
    ...watched,
    root,
    workspace,
    browser,
    url,
    log,
    async go(path) {
      await watched.page.goto(url + path, { waitUntil: 'domcontentloaded' });
    },
    async latestRun() {
      const [run] = await readHistory(workspace, { limit: 1 });
      return run!;
    },
    async nextPlan(actor) {
      return (await planLibrary(workspace, { refresh: false, actors: [actor] })).actors[0]!;
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

const SHOTS = join(import.meta.dirname, '../../.vitest/dashboard');

/** Keeps a picture of a page, for people to look at. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}
