import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../controller/plan/plan.ts';
import type { RunRecord } from '../../controller/records/run-record.ts';
import { ANSWERS } from '../../controller/server/api-routes.ts';
import { createApp } from '../../controller/server/app.ts';
import { FailureLimiter } from '../../controller/server/failure-limiter.ts';
import { Sessions } from '../../controller/server/sessions.ts';
import { mountDashboard } from '../../controller/server/ui/dashboard.ts';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import type { PlanDecision } from '../../controller/usecases/decide-plan.ts';
import { keepPlan } from '../../controller/usecases/plan-files.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { OpenApiCheck } from '../support/openapi-check.ts';

const TOKEN = 'an-editor-token-of-some-length';
const contract = new OpenApiCheck();

let root: string;
let workspace: Workspace;
let running: ApiServer;
let plan: Plan;
let run: RunRecord;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-api-'));
  await buildLibrary(root, [
    {
      id: '0001',
      images: [...some('photorealistic', 15, [3]), ...some('bw_stylized', 4), ...some('color_stylized', 3)],
    },
    {
      id: '0002',
      images: [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)],
    },
    { id: 'drehung ä&?', type: 'comic', images: some('photorealistic', 3) },
    {
      id: '0004',
      images: [...some('photorealistic', 16), ...some('bw_stylized', 4), ...some('color_stylized', 3)],
    },
  ]);
  ({ workspace } = await openColourWorkspace(root));
  const first = await planLibrary(workspace, { actors: ['0004'], refresh: true });
  await keepPlan(workspace, first, '');
  run = await applyPlan(workspace, first);
  plan = await planLibrary(workspace, { refresh: true });
  await keepPlan(workspace, plan, '');
  running = await startApiServer(workspace, { env: { CALLSHEET_API_TOKEN: TOKEN } });
});
afterAll(async () => {
  await running?.[Symbol.asyncDispose]();
  await workspace?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

/** Calls the API and holds request and response against the document. */
async function call<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const url = `${running.server.url}/api/v1${path}`;
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      'x-callsheet-user': 'ada@studio',
      'x-callsheet-request': '1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await contract.check(method, url, body, response)) as T };
}

interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
}

describe('the API', () => {
  it('answers every operation of its document, and no other', () => {
    const documented = contract.operations.map(({ operationId }) => operationId);

    expect(documented.toSorted()).toEqual([...Object.keys(ANSWERS), 'streamEvents'].sort());
    // The other way round: what a server listens to below /api, under whatever name, is in the document.
    const { parts } = running;
    const context = {
      ...parts,
      sessions: new Sessions(parts.clock),
      limiter: new FailureLimiter(parts.clock),
    };
    const routes = createApp(context, mountDashboard)
      .routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api'))
      .map(({ method, path }) => `${method} ${path}`);
    const operations = contract.operations.map(
      ({ method, path }) => `${method.toUpperCase()} /api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    );
    expect([...new Set(routes)].sort()).toEqual(operations.toSorted());
  });

  it('tells how the library stands', async () => {
    const { body } = await call<{ actors: number; types: unknown[]; histogram: unknown[] }>('GET', '/status');

    expect(body).toMatchObject({
      actors: 4,
      types: [
        { type: 'comic', actors: 1, images: 3 },
        { type: 'film', actors: 3, ready: 2, images: 62 },
      ],
    });
    expect(body.histogram).toContainEqual({ images: 20, actors: 2 });
  });

  it('lists actors by filter, order and page', async () => {
    const ids = async (query: string) => {
      const { body } = await call<Page<{ actor: string }>>('GET', `/actors${query}`);
      return [body.total, ...body.items.map(({ actor }) => actor)];
    };

    expect(await ids('?type=film&status=True')).toEqual([2, '0002', '0004']);
    expect(await ids('?type=film&type=comic&sort=images&order=desc&limit=2')).toEqual([4, '0001', '0002']);
    expect(await ids('?offset=1&limit=1')).toEqual([4, '0002']);
    expect(await ids('?reason=OutsideTolerance&reason=TargetUnreachable')).toContain('0001');
    expect(await ids('?q=DREHUNG')).toEqual([1, 'drehung ä&?']);
    expect(await ids('?q=nobody')).toEqual([0]);
  });

  it.each(['?limit=0', '?limit=many', '?sort=quality', '?limit=1001', '?unknown=1', '?offset=-1'])(
    'refuses the query %s',
    async (query) => {
      expect(await call('GET', `/actors${query}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid-input' },
      });
    },
  );

  it('tells of one actor and of its images, with their numbers and what a plan would do', async () => {
    const one = await call<{ actor: string }>('GET', `/actors/${encodeURIComponent('drehung ä&?')}`);
    const { body } = await call<{
      images: { number: number; category: string; quality: number }[];
      plan: { actions: unknown[] };
    }>('GET', '/actors/0001/images');

    expect(one.body.actor).toBe('drehung ä&?');
    expect(body.images).toHaveLength(22);
    expect(body.images[0]).toMatchObject({
      number: 1,
      category: 'photorealistic',
      quality: 3,
      inSet: true,
      pinned: false,
    });
    expect(body.plan.actions).toHaveLength(2);
  });

  it.each(['9999', '..%2F0001', '%2e%2e', '0001%2F..%2F0002', '%00', 'a%5Cb', '{actor}'])(
    'refuses the actor %s',
    async (id) => {
      const response = await fetch(`${running.server.url}/api/v1/actors/${id}/images`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });

      expect([400, 404]).toContain(response.status);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    },
  );

  it('lists plans, the newest first, a page at a time', async () => {
    const first = await call<{ items: { id: string; usedBy?: string }[]; next?: string }>(
      'GET',
      '/plans?limit=1',
    );
    const second = await call<{ items: { id: string; usedBy?: string }[]; next?: string }>(
      'GET',
      `/plans?limit=1&before=${first.body.next}`,
    );
    const whole = await call<Plan>('GET', `/plans/${plan.id}`);

    expect([first.body.items[0]!.id, second.body.items[0]!.usedBy, second.body.next]).toEqual([
      plan.id,
      run.id,
      undefined,
    ]);
    expect(whole.body).toEqual(JSON.parse(JSON.stringify(plan)));
    expect((await call<Plan>('GET', '/plans/latest')).body.id).toBe(plan.id);
    expect(await call('GET', '/plans/plan-none')).toMatchObject({ status: 404 });
    expect(await call('GET', '/plans/plan.applied')).toMatchObject({ status: 400 });
  });

  it('records decisions actor by actor, the last word counting, with who decided', async () => {
    const rejected = await call<PlanDecision>('POST', `/plans/${plan.id}/reject`, {
      actors: ['0001'],
      reason: 'the wide shot stays',
    });
    const partly = await call<PlanDecision>('POST', `/plans/${plan.id}/approve`, { actors: ['drehung ä&?'] });
    const approved = await call<PlanDecision>('POST', `/plans/${plan.id}/approve`, {});
    const read = await call<PlanDecision>('GET', `/plans/${plan.id}/decision`);
    const history = await call<Page<RunRecord>>('GET', '/runs?limit=3');

    expect(rejected.body).toMatchObject({ state: 'open', rejected: ['0001'], approved: [] });
    expect(partly.body).toMatchObject({ state: 'partly', rejected: ['0001'], approved: ['drehung ä&?'] });
    expect(approved.body).toMatchObject({
      state: 'approved',
      rejected: [],
      approved: ['0001', 'drehung ä&?'],
    });
    expect(read.body.decisions.map(({ by }) => by)).toEqual([
      'ada@studio (api)',
      'ada@studio (api)',
      'ada@studio (api)',
    ]);
    expect(history.body.items.map(({ kind, by }) => [kind, by])).toEqual(
      Array(3).fill(['approve', 'ada@studio (api)']),
    );
  });

  it('refuses to decide on what is not there', async () => {
    expect(await call('POST', `/plans/${plan.id}/approve`, { actors: ['9999'] })).toMatchObject({
      status: 404,
    });
    expect(
      await call('POST', `/plans/${plan.id}/approve`, { guards: ['max-deletes'], reason: 'so' }),
    ).toMatchObject({ status: 400 });
    expect(await call('POST', `/plans/${plan.id}/approve`, { guards: ['max-deletes'] })).toMatchObject({
      status: 400,
    });
    expect(await call('POST', `/plans/${plan.id}/reject`, { reason: '  ' })).toMatchObject({ status: 400 });
    expect(await call('POST', `/plans/${plan.id}/reject`, {})).toMatchObject({ status: 400 });
    expect(await call('POST', `/plans/${run.plan}/approve`, {})).toMatchObject({
      status: 409,
      body: { code: 'stale' },
    });
  });

  it('tells of runs and of what they cost', async () => {
    const one = await call<RunRecord>('GET', `/runs/${run.id}`);
    const costs = await call<{ totalUsd: number }>('GET', '/costs?from=2020-01-01');

    expect(one.body).toMatchObject({ id: run.id, status: 'succeeded' });
    expect(costs.body.totalUsd).toBeGreaterThanOrEqual(0);
    expect(await call('GET', '/runs/run-none')).toMatchObject({ status: 404 });
    expect(await call('GET', '/costs?from=yesterday')).toMatchObject({ status: 400 });
    expect((await call<Page<RunRecord>>('GET', '/runs?actor=0004')).body.items.map(({ id }) => id)).toEqual([
      run.id,
    ]);
  });

  it('pins, relabels and rejects images, and each is found in the manifest, the images and the history', async () => {
    const image = (await imagesOf('0001'))[1]!.image;
    await call('POST', '/actors/0001/judgements', { kind: 'pin', image });
    await call('POST', '/actors/0001/judgements', { kind: 'relabel', image, category: 'bw_stylized' });
    const rejected = await call<RunRecord>('POST', '/actors/0001/judgements', {
      kind: 'reject',
      image,
      reason: 'blurred',
    });

    expect((await imagesOf('0001'))[1]).toMatchObject({
      pinned: true,
      category: 'bw_stylized',
      judgedBy: 'person',
      rejected: 'blurred',
    });
    expect(rejected.body).toMatchObject({ kind: 'reject', by: 'ada@studio (api)' });
    expect(await readFile(join(root, 'data/actors/0001/training_data/manifest.json'), 'utf8')).toContain(
      '"pinned": true',
    );

    await call('POST', '/actors/0001/judgements', { kind: 'unpin', image });
    expect((await imagesOf('0001'))[1]).toMatchObject({ pinned: false });
    const partly = { kind: 'withdraw', image, of: 'rejection' };
    expect((await call<RunRecord>('POST', '/actors/0001/judgements', partly)).body.kind).toBe('withdraw');
    expect((await imagesOf('0001'))[1]).toMatchObject({ judgedBy: 'person' });
    expect((await imagesOf('0001'))[1]).not.toHaveProperty('rejected');
    await call('POST', '/actors/0001/judgements', { kind: 'withdraw', image });
    expect((await imagesOf('0001'))[1]).toMatchObject({ category: 'photorealistic' });
  });

  it.each([
    [{ kind: 'pin' }, 400],
    [{ kind: 'pin', image: 'x', category: 'bw_stylized' }, 400],
    [{ kind: 'relabel', image: 'x' }, 400],
    [{ kind: 'reject', image: 'x' }, 400],
    [{ kind: 'burn', image: 'x' }, 400],
    [{ kind: 'withdraw', image: 'x', of: 'pin' }, 400],
    [{ kind: 'reject', image: 'x', reason: 'r', of: 'category' }, 400],
    [{ kind: 'pin', image: 'x', more: true }, 400],
    [{ kind: 'pin', image: '../../../etc/passwd' }, 404],
    [{ kind: 'pin', image: 'data/actors/0002/training_data/images/01.png' }, 404],
    [[], 400],
    ['text', 400],
  ])('refuses the judgement %j', async (body, status) => {
    expect(await call('POST', '/actors/0001/judgements', body)).toMatchObject({ status });
  });

  it('makes the plan that undoes a run, and undoes nothing by that', async () => {
    const trashed = (await call<Page<unknown>>('GET', '/trash?actor=0004')).body.total;
    const made = await call<{ id: string; summary: { restore: number } }>('POST', `/runs/${run.id}/rollback`);
    const kept = await call<Plan>('GET', `/plans/${made.body.id}`);

    expect(made.body.summary.restore).toBe(3);
    expect(kept.body.actors.map(({ actor }) => actor)).toEqual(['0004']);
    expect((await call<Page<unknown>>('GET', '/trash?actor=0004')).body.total).toBe(trashed);
    expect(await call('POST', '/runs/run-none/rollback')).toMatchObject({ status: 404 });
  });

  it('lists the trash and restores from it', async () => {
    const before = await call<Page<{ id: string; actor: string }>>('GET', '/trash?actor=0004');
    const restored = await call<RunRecord>('POST', '/trash/restore', { ids: [before.body.items[0]!.id] });
    const after = await call<Page<unknown>>('GET', '/trash');

    expect(before.body.items.map(({ actor }) => actor)).toEqual(['0004', '0004', '0004']);
    expect(restored.body).toMatchObject({
      kind: 'trash-restore',
      status: 'succeeded',
      by: 'ada@studio (api)',
    });
    expect(after.body.total).toBe(2);
    expect(await call('POST', '/trash/restore', { ids: ['nothing'] })).toMatchObject({ status: 404 });
  });

  it('suspends and resumes, and says who did', async () => {
    const until = '2199-01-01T00:00:00Z';
    const suspended = await call('POST', '/suspend', {
      kind: 'actor',
      name: '0002',
      reason: 'training is running',
      until,
    });
    const resumed = await call('POST', '/resume', { kind: 'actor', name: '0002' });
    const history = await call<Page<RunRecord>>('GET', '/runs?limit=2');

    expect([suspended.status, resumed.status]).toEqual([204, 204]);
    expect(history.body.items.map(({ kind, by }) => `${kind} ${by}`).sort()).toEqual([
      'resume ada@studio (api)',
      'suspend ada@studio (api)',
    ]);
    expect(await call('POST', '/suspend', { kind: 'library', name: 'x', reason: 'r' })).toMatchObject({
      status: 400,
    });
    expect(await call('POST', '/suspend', { kind: 'actor', reason: 'r' })).toMatchObject({ status: 400 });
    expect(await call('POST', '/suspend', { kind: 'actor', name: 'nobody', reason: 'r' })).toMatchObject({
      status: 404,
    });
    expect(
      await call('POST', '/suspend', { kind: 'library', reason: 'r', until: '2199-02-30T00:00:00Z' }),
    ).toMatchObject({ status: 400, body: { detail: '"2199-02-30T00:00:00Z" is on no calendar' } });
    expect(await call('POST', '/resume', { kind: 'library' })).toMatchObject({ status: 404 });
  });

  it('says that nothing reconciles where no controller runs', async () => {
    expect(await call('POST', '/reconcile', { actors: ['0001'] })).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    });
    expect(await call('POST', '/reconcile', { actors: [] })).toMatchObject({ status: 400 });
  });

  it('tells its document, with what that refers to', async () => {
    expect((await call<{ openapi: string }>('GET', '/openapi.json')).body.openapi).toBe('3.1.0');
    expect((await call<{ title: string }>('GET', '/plan.schema.json')).body.title).toBe('Plan');
  });

  it('logs decisions with who and what, and reads not at all above debug', () => {
    const calls = running.log.map((line) => JSON.parse(line)).filter(({ event }) => event === 'api-call');

    expect(calls).toContainEqual(
      expect.objectContaining({
        level: 'info',
        operation: 'rejectPlan',
        who: 'ada@studio (api)',
        plan: plan.id,
      }),
    );
    expect(calls.some(({ operation }) => operation.startsWith('list') || operation.startsWith('get'))).toBe(
      false,
    );
    expect(running.log.join('')).not.toContain(TOKEN);
  });

  it('opens and closes sessions, and tells who one is', async () => {
    expect((await call<{ role: string }>('GET', '/session')).body.role).toBe('editor');
    expect(await call('POST', '/wake')).toMatchObject({ status: 204 });
    expect((await call('POST', '/session', { token: TOKEN })).status).toBeLessThan(300);
    expect((await call('DELETE', '/session')).status).toBe(204);
  });

  it('was held against its document in every operation', () => {
    const unseen = contract.operations.filter(({ operationId }) => !contract.seen.has(operationId));

    // Needs a controller, and a stream: each has tests of its own.
    expect(unseen.map(({ operationId }) => operationId)).toEqual(['reconcile', 'streamEvents']);
  });
});

async function imagesOf(actor: string): Promise<{ image: string }[]> {
  return (await call<{ images: { image: string }[] }>('GET', `/actors/${actor}/images`)).body.images;
}
