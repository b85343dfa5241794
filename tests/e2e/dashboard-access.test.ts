import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepPlan } from '../../controller/usecases/plan-files.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { readHistory } from '../../controller/usecases/read-history.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { openBrowser } from '../support/browser.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openPage, type ServedDashboard, serve } from '../support/dashboard.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

const EDITOR = 'editor-token-of-the-test';
const VIEWER = 'viewer-token-of-the-test';
const HOSTILE = '<img src=x onerror=alert(1)>"\'</script><script>alert(2)</script>';

let root: string;
let workspace: Workspace;
let open: ServedDashboard;
let guarded: ServedDashboard;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-access-'));
  await buildLibrary(root, [
    {
      id: '0001',
      images: [
        {
          category: 'photorealistic',
          quality: 7,
          fields: { prompt: HOSTILE, generator: HOSTILE, model: HOSTILE, seed: 7 },
        },
        ...some('bw_stylized', 2),
      ],
    },
    { id: "o'brien & <b>", type: HOSTILE, images: some('photorealistic', 2) },
  ]);
  const manifest = join(root, 'data/actor_manifests/0001.json');
  await writeFile(
    manifest,
    JSON.stringify({ ...JSON.parse(await readFile(manifest, 'utf8')), name: HOSTILE }),
  );
  await writeFile(join(root, 'secret.txt'), 'nobody may read this');
  ({ workspace } = await openColourWorkspace(root));
  await keepPlan(workspace, await planLibrary(workspace, { refresh: true }), '');
  open = await serve(workspace);
  guarded = await serve(workspace, { CALLSHEET_API_TOKEN: EDITOR, CALLSHEET_VIEWER_TOKEN: VIEWER });
});

afterAll(async () => {
  await open?.[Symbol.asyncDispose]();
  await guarded?.[Symbol.asyncDispose]();
  await workspace?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

function form(
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string>,
): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
}

/** Asks for a path exactly as written; fetch would tidy it first. */
async function raw(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(open.url);
  return await new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers }, async (answer) => {
      resolve({ status: answer.statusCode ?? 0, text: (await answer.toArray()).join('') });
    });
    asked.on('error', reject).end();
  });
}

async function runs(): Promise<number> {
  return (await readHistory(workspace, { limit: 100 })).length;
}

describe('a form', () => {
  it('is taken from a page of this server only', async () => {
    const { origin } = new URL(open.url);
    const refused = [
      {},
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { origin, 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'same-site' },
    ];
    const before = await runs();
    for (const headers of refused) {
      const answer = await form(`${open.url}/suspend`, { reason: 'no' }, headers as Record<string, string>);
      expect([headers, answer.status]).toEqual([headers, 403]);
    }
    expect(await runs()).toBe(before);
    expect((await form(`${open.url}/suspend`, { reason: 'yes' }, { origin })).status).toBe(303);
    expect((await form(`${open.url}/resume`, {}, { origin })).status).toBe(303);
  });

  it('goes on to a page of this server, whatever it says', async () => {
    const { origin } = new URL(open.url);
    const answer = await form(
      `${open.url}/suspend?to=https://elsewhere.example`,
      { reason: 'x', to: '//elsewhere.example' },
      { origin },
    );
    expect(answer.headers.get('location')).toMatch(/^\/\?said=[\w-]+$/);
    await form(`${open.url}/resume`, {}, { origin });
  });

  it('needs its fields', async () => {
    const { origin } = new URL(open.url);
    const answer = await form(`${open.url}/suspend`, { reason: ' ' }, { origin, accept: 'text/html' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('A reason is needed');
  });
});

describe('with tokens', () => {
  it('shows nothing without one, and sends browsers to the log-in', async () => {
    for (const path of [
      '/',
      '/actors/0001',
      '/plans',
      '/runs',
      '/fleet.json',
      '/live',
      '/actors/0001/sheets/1.jpg',
    ]) {
      expect([path, (await fetch(guarded.url + path)).status]).toEqual([path, 401]);
    }
    const page = await fetch(guarded.url, { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([303, '/login']);
  });

  it('logs in by a form, keeps the session where no script reads it, and lets a viewer decide nothing', async () => {
    const { origin } = new URL(guarded.url);
    const answer = await form(`${guarded.url}/login`, { token: VIEWER }, { origin });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(answer.status).toBe(303);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const headers = { cookie: cookie.split(';')[0]!, origin, accept: 'text/html' };
    const page = await (await fetch(`${guarded.url}/actors/0001`, { headers })).text();
    expect(page).toContain('viewer');
    expect(page).not.toMatch(/method="post" action="\/actors/);
    expect((await form(`${guarded.url}/suspend`, { reason: 'x' }, headers)).status).toBe(403);
    expect((await form(`${guarded.url}/logout`, {}, headers)).status).toBe(303);
    expect((await fetch(guarded.url, { headers: { cookie: headers.cookie } })).status).toBe(401);
  });

  it('records who decided', async () => {
    const { origin } = new URL(guarded.url);
    const login = await form(`${guarded.url}/login`, { token: EDITOR }, { origin });
    const cookie = login.headers.get('set-cookie')!.split(';')[0]!;
    await form(`${guarded.url}/actors/0001/suspend`, { reason: 'x' }, { origin, cookie });
    await form(`${guarded.url}/actors/0001/resume`, {}, { origin, cookie });
    const [run] = await readHistory(workspace, { limit: 1 });
    expect(run).toMatchObject({ kind: 'resume', by: 'api' });
  });

  it('slows down who guesses', async () => {
    await using other = await serve(workspace, { CALLSHEET_API_TOKEN: EDITOR });
    const { origin } = new URL(other.url);
    const statuses = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      statuses.push((await form(`${other.url}/login`, { token: `guess-${attempt}` }, { origin })).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual([429, 429]);
    expect((await form(`${other.url}/login`, { token: EDITOR }, { origin })).status).toBe(429);
  });

  it('never tells a token', async () => {
    const headers = { authorization: `Bearer ${EDITOR}` };
    for (const path of ['/', '/actors/0001', '/plans', '/runs']) {
      expect(await (await fetch(guarded.url + path, { headers })).text()).not.toContain(EDITOR);
    }
  });
});

describe('addresses', () => {
  it('reach nothing but what is listed', async () => {
    const digest = 'a'.repeat(64);
    const odd = [
      '/actors/..%2F..%2Fsecret.txt',
      '/actors/%252e%252e',
      '/actors/%2e%2e/',
      '/actors/../',
      '/actors/./0001',
      '/actors/x/..%2f/../0001',
      '/api/v1/actors/%2E./session',
      '/api/v1/actors/../status',
      '/actors/0001/pictures/..%2F..%2F..%2Fsecret.txt/original',
      `/actors/0001/pictures/${digest}/original`,
      `/actors/..%2F0001/pictures/${digest}/thumb.webp`,
      '/actors/0001/sheets/..%2F..%2Fsecret.jpg',
      '/actors/0001/images/..%2F..%2Fsecret.txt',
      '/plans/..%2Factors%2F0001',
      '/plans/%2e%2e%2fsuspensions/report',
      '/runs/..%2Factors%2F0001',
      '/assets/..%2Fdashboard.ts',
      '/assets/..%2F..%2F..%2F..%2Fsecret.txt',
      '/actors/nobody',
    ];
    for (const path of odd) {
      const { status, text } = await raw(path);
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toContain('nobody may read this');
    }
  });

  it('of another host are refused', async () => {
    expect((await raw('/', { host: 'rebound.example' })).status).toBe(421);
  });

  it('answer with a strict policy and fixed types', async () => {
    const page = await fetch(`${open.url}/actors/0001`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    const text = await page.text();
    expect(text).not.toMatch(/<script(?![^>]* src="\/assets\/)|<[^>]*\sstyle=/);
    const thumb = /src="(\/actors\/0001\/pictures\/[0-9a-f]{64}\/thumb\.webp)"/.exec(text)![1]!;
    const picture = await fetch(open.url + thumb);
    expect(picture.headers.get('content-type')).toBe('image/webp');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect(picture.headers.get('cache-control')).toContain('immutable');
    const original = await fetch(open.url + thumb.replace('thumb.webp', 'original'));
    expect(original.headers.get('content-type')).toBe('image/png');
    expect(original.headers.get('content-disposition')).toContain('attachment');
  });
});

it('shows hostile names and prompts as text', async () => {
  const browser = await openBrowser();
  try {
    const { page, complaints } = await openPage(browser);
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs += 1;
      return dialog.dismiss();
    });
    await page.goto(open.url);
    await page.locator('#fleet[data-ready]').waitFor();
    await page.locator('#find').fill('onerror');
    expect(await page.locator('#rows').innerText()).toContain(HOSTILE);
    await page.goto(`${open.url}/actors/0001`);
    expect(await page.locator('h1').innerText()).toContain(HOSTILE);
    await page.locator('.card .pic').first().click();
    expect(await page.locator('.sheet').innerText()).toContain(HOSTILE);
    await page.goto(`${open.url}/actors/${encodeURIComponent("o'brien & <b>")}`);
    expect(await page.locator('h1').innerText()).toContain("o'brien & <b>");
    expect([dialogs, complaints]).toEqual([0, []]);
  } finally {
    await browser.close();
  }
});
