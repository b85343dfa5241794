import { createHmac } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findController, wakeController } from '../../controller/cli/api-client.ts';
import { askStatus } from '../../controller/cli/ask-status.ts';
import { systemClock } from '../../controller/runtime/clock.ts';
import { createLogger } from '../../controller/runtime/logger.ts';
import { tokenPath } from '../../controller/server/controller-file.ts';
import { prepareServing } from '../../controller/server/serve-controller.ts';
import { readServerSettings } from '../../controller/server/server-settings.ts';
import { readStatus } from '../../controller/usecases/read-status.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { ReceiverServer } from '../support/receiver-server.ts';
import { watchController } from '../support/watch-controller.ts';

const SECRET = 'a-webhook-secret';
const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: studio }
spec:
  state: file:state
  apply: manual
  interval: 1h
  guards: { maxDeleteShare: 100 }
  notifications:
    - { name: hook, type: webhook, urlEnv: HOOK_URL }
`;
const FILM = (total: number) => `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${total}
  tolerance: { images: 0 }
  categories:
    photorealistic: { share: 100 }
`;

let root: string;
let receiver: ReceiverServer;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-serve-'));
  receiver = await ReceiverServer.start();
  await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 3) }], {
    'library.yaml': LIBRARY,
    'film.yaml': FILM(3),
  });
});
afterEach(async () => {
  await receiver[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

/** A controller as the command runs it, with its server on a free port; the result stops both. */
async function run() {
  const env = {
    HOOK_URL: receiver.url,
    CALLSHEET_WEBHOOK_SECRET: SECRET,
    XDG_RUNTIME_DIR: join(root, 'run'),
  };
  const log: string[] = [];
  const logger = await createLogger({
    level: 'info',
    format: 'json',
    sink: { write: (line) => log.push(line) },
    clock: systemClock,
    secrets: [],
  });
  const settings = await readServerSettings(env, '127.0.0.1:0');
  const serving = prepareServing({
    settings,
    version: '1.2.3',
    env,
    logger,
    secrets: [],
    clock: systemClock,
    random: Math.random,
  });
  const { observers, metrics } = serving.parts;
  const watched = watchController(root, {
    observer: {
      event: (event) => {
        for (const observer of observers) observer.event(event);
      },
    },
    metrics: metrics!,
    statePollMs: 60_000,
  });
  const server = await serving.start(watched.controller);
  const end = watched.start();
  await watched.idle();
  return {
    url: server.url,
    env,
    log,
    watched,
    async stop() {
      await end();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('a controller that is served', () => {
  it('shows what it does in metrics, readiness, events, API and notifications, and goes on at a push', async () => {
    const running = await run();
    const before = await (await fetch(`${running.url}/metrics`)).text();
    const ready = await fetch(`${running.url}/readyz`);
    await writeFile(join(root, 'specs/film.yaml'), FILM(2));
    const body = '{"after":"1"}';
    const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
    const pushed = await fetch(`${running.url}/hooks/git`, {
      method: 'POST',
      body,
      headers: { 'x-github-event': 'push', 'x-hub-signature-256': signature },
    });
    await vi.waitFor(
      async () => {
        const status = (await (await fetch(`${running.url}/api/v1/status`)).json()) as {
          library: { pending?: { reason: string } };
        };
        expect(status.library.pending?.reason).toBe('AwaitingApproval');
      },
      { timeout: 10_000, interval: 20 },
    );
    const after = await (await fetch(`${running.url}/metrics`)).text();
    await running.stop();

    expect(ready.status).toBe(200);
    expect(pushed.status).toBe(202);
    expect(before).toContain('callsheet_build_info{version="1.2.3"} 1');
    expect(before).toContain('leader_election_master_status{name="controller"} 1');
    expect(before).toContain('callsheet_reconcile_condition{type="Ready",status="True",reason="Balanced"} 1');
    expect(before).toMatch(/controller_runtime_reconcile_total\{controller="actor",result="success"\} [1-9]/);
    expect(before).toContain('controller_runtime_reconcile_total{controller="actor",result="error"} 0');
    expect(before).not.toContain('"0001"');
    expect(after).toContain('callsheet_source_revisions_total 2');
    expect(after).toContain('callsheet_plans_held_total{reason="AwaitingApproval"} 1');
    expect(running.log.map((line) => JSON.parse(line).event)).toContain('plan-held');
  });

  it('tells of every actor under which revision it was looked at, without writing its status for that', async () => {
    const running = await run();
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const status = join(root, 'state/status/0001.json');
    const written = await readFile(status, 'utf8');
    const push = async (name: string, text: string) => {
      await writeFile(join(root, 'specs', name), text);
      await running.watched.controller.pokeSource();
      await running.watched.idle();
      const { revision } = running.watched.controller.library()!;
      const line = await askStatus(workspace, running.env, undefined, {});
      const one = await askStatus(workspace, running.env, '0001', {});
      const told = [line!.actors[0]!, one!.actors[0]!, (await readStatus(workspace, {}))[0]!];
      const revisions = told.map(({ lastAttemptedRevision: attempted, lastAppliedRevision: applied }) => ({
        attempted,
        applied,
      }));
      return { revision, revisions };
    };

    const remark = await push('film.yaml', `${FILM(3)}# A remark.\n`);
    const comic = FILM(9).replace('name: film', 'name: comic');
    const others = await push('comic.yaml', comic.replace('spec:', 'spec:\n  selector: { types: [comic] }'));
    const afterBoth = await readFile(status, 'utf8');
    const more = await push('film.yaml', FILM(5));
    await running.stop();

    const all = (attempted: string, applied: string) => Array(3).fill({ attempted, applied });
    expect(remark.revisions).toEqual(all(remark.revision, remark.revision));
    expect(others.revisions).toEqual(all(others.revision, others.revision));
    expect(more.revisions).toEqual(all(more.revision, others.revision));
    expect(new Set([remark.revision, others.revision, more.revision]).size).toBe(3);
    expect(afterBoth).toBe(written);
  });

  it('is found by commands of the same user, and of nobody else', async () => {
    const running = await run();
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const stored = JSON.parse(await readFile(join(root, 'state/controller.json'), 'utf8'));
    const client = await findController(workspace, running.env);
    const asked = await askStatus(workspace, running.env, undefined, {});
    const one = await askStatus(workspace, running.env, '0001', {});
    const woken = await wakeController(workspace, running.env);
    const stranger = await findController(workspace, { XDG_RUNTIME_DIR: join(root, 'elsewhere') });
    const session = await client!.get<{ who: string; role: string }>('/session');
    const token = globSync(join(root, 'run/callsheet/*.token'))[0]!;
    const { mode } = await stat(token);

    expect(stored).toMatchObject({ url: running.url, pid: process.pid });
    expect(JSON.stringify(stored)).not.toContain(await readFile(token, 'utf8'));
    expect(mode & 0o777).toBe(0o600);
    expect(session).toMatchObject({ role: 'editor', who: expect.stringMatching(/@.* \(cli\)$/) });
    expect(asked).toMatchObject({
      controller: running.url,
      actors: [{ actor: '0001', type: 'film', total: { before: 3, target: 3 } }],
    });
    expect(one).toMatchObject({ actors: [{ actor: '0001' }], runs: [] });
    expect([woken, stranger]).toEqual([true, undefined]);

    await running.stop();
    expect(await findController(workspace, running.env)).toBeUndefined();
    expect(await wakeController(workspace, running.env)).toBe(false);
    await expect(readFile(join(root, 'state/controller.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(stat(token)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says so when it refuses the token, and is done without', async () => {
    const running = await run();
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const warnings: unknown[] = [];
    const asking = { ...workspace, report: (event: unknown) => warnings.push(event) };
    const wrong = { XDG_RUNTIME_DIR: join(root, 'elsewhere'), CALLSHEET_API_TOKEN: 'not-the-right-token' };
    const woken = await wakeController(asking, wrong);
    const none = await wakeController(asking, { XDG_RUNTIME_DIR: join(root, 'elsewhere') });
    await running.stop();

    expect([woken, none]).toEqual([false, false]);
    const message = `the controller at ${running.url} refuses the token in CALLSHEET_API_TOKEN; going by the state alone`;
    expect(warnings).toEqual([{ type: 'warning', code: 'auth', message }]);
  });

  it('is asked with the token in the file that CALLSHEET_API_TOKEN_FILE names; a file that is not there is told', async () => {
    const running = await run();
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const warnings: unknown[] = [];
    const asking = { ...workspace, report: (event: unknown) => warnings.push(event) };
    const elsewhere = { XDG_RUNTIME_DIR: join(root, 'elsewhere') };
    const file = tokenPath(workspace.state.url, running.env);
    const woken = await wakeController(asking, { ...elsewhere, CALLSHEET_API_TOKEN_FILE: file });
    const missing = await wakeController(asking, {
      ...elsewhere,
      CALLSHEET_API_TOKEN_FILE: '/nowhere/at/all',
    });
    const wrong = join(root, 'wrong-token');
    await writeFile(wrong, 'not-the-right-token\n');
    const refused = await wakeController(asking, { ...elsewhere, CALLSHEET_API_TOKEN_FILE: wrong });
    await running.stop();

    expect([woken, missing, refused]).toEqual([true, false, false]);
    expect(warnings).toEqual([
      {
        type: 'warning',
        code: 'invalid-input',
        message: 'CALLSHEET_API_TOKEN_FILE: /nowhere/at/all cannot be read; going by the state alone',
      },
      {
        type: 'warning',
        code: 'auth',
        message: `the controller at ${running.url} refuses the token in CALLSHEET_API_TOKEN_FILE; going by the state alone`,
      },
    ]);
  });

  it('that was killed is not waited for', async () => {
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    await workspace.state.write('controller.json', {
      formatVersion: '1.0',
      url: 'http://127.0.0.1:9',
      host: hostname(),
      pid: 1,
      since: '2026-11-22T12:00:00Z',
    });

    expect(
      await findController(workspace, { CALLSHEET_API_TOKEN: 'a-token-of-some-length' }),
    ).toBeUndefined();
  });

  it.each([
    ['with a page', '<html>hello</html>'],
    ['with other JSON', '{"items":[],"library":{}}'],
    ['with half an answer', undefined],
  ])('whose port another program has by now, which answers %s, is not taken for one', async (_name, body) => {
    const other = createServer((_request, response) => {
      if (body === undefined) response.write('{');
      else response.end(body);
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const { port } = other.address() as AddressInfo;
    const since = '2026-11-22T12:00:00Z';
    const place = { url: `http://127.0.0.1:${port}`, host: hostname(), pid: 1, since };
    await workspace.state.write('controller.json', { formatVersion: '1.0', ...place });
    const found = await findController(workspace, { CALLSHEET_API_TOKEN: 'a-token-of-some-length' });
    other.closeAllConnections();
    other.close();

    expect(found).toBeUndefined();
  });

  it('tells what came last though it is stopped at once', async () => {
    await buildLibrary(root, [{ id: '0002', images: [] }], { 'film.yaml': FILM(3) });
    const running = await run();
    await running.stop();
    const stored = JSON.parse(await readFile(join(root, 'state/notifications.json'), 'utf8'));

    const waiting = stored.outbox.map(({ notice }: { notice: { kind: string } }) => notice.kind);
    const told = receiver.requests.map(({ json }) => String(json.type).replace('callsheet.', ''));
    expect([...waiting, ...told]).toContain('awaiting-approval');
  });
});
