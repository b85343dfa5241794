import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { readCiContext } from '../../controller/ci/ci-context.ts';
import { ForgeClient } from '../../controller/ci/forge-client.ts';
import { fetchReviewedPlan } from '../../controller/ci/reviewed-plan.ts';
import { findReviewedRun } from '../../controller/ci/reviewed-run.ts';
import { upsertComment } from '../../controller/ci/sticky-comment.ts';
import { type GithubApi, startGithubApi } from '../support/github-api.ts';

const SHA = 'a'.repeat(40);
const HEAD = 'b'.repeat(40);
const context = { forge: 'github', apiUrl: '', project: 'studio/library', change: 7, fork: false } as const;

function clientOf({ url }: GithubApi, token = 'token-of-the-workflow'): ForgeClient {
  return new ForgeClient({
    apiUrl: url,
    headers: { authorization: `Bearer ${token}` },
    sleep: async () => {},
  });
}

test('what passes is tried again, but a comment is never written twice', async () => {
  await using api = await startGithubApi();
  api.failures.push(502, 429);
  expect(await upsertComment(clientOf(api), context, '<!-- m -->\none')).toBe('created');
  api.failures.push(503);
  expect(await upsertComment(clientOf(api), context, '<!-- m -->\ntwo')).toBe('updated');
  expect(await upsertComment(clientOf(api), context, '<!-- m -->\ntwo')).toBe('unchanged');
  expect(api.comments.map(({ body }) => body)).toEqual(['<!-- m -->\ntwo']);
  const lost = clientOf(api);
  api.failures.push(500);
  await expect(lost.create('/repos/studio/library/issues/7/comments', { body: 'x' })).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(api.comments).toHaveLength(1);
});

test('a token that is refused is said so, without the token', async () => {
  await using api = await startGithubApi();
  const refused = upsertComment(clientOf(api, 'secret-of-mine'), context, '<!-- m -->\none');
  await expect(refused).rejects.toMatchObject({ code: 'auth' });
  await refused.catch((error) =>
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain('secret-of-mine'),
  );
});

test('the reviewed plan is that of the newest run of the merged request; a fork has none', async () => {
  await using api = await startGithubApi();
  const pull = (from: string) => [
    { number: 7, merged_at: '2026-11-22T19:00:00Z', head: { sha: HEAD, repo: { full_name: from } } },
  ];
  const plan = (name: string, expired = false) => [{ name, expired }];
  api.runs.set(HEAD, [
    { id: 1, artifacts: plan('callsheet-plan') },
    { id: 2, artifacts: plan('callsheet-plan') },
    { id: 3, artifacts: plan('other') },
    { id: 4, artifacts: plan('callsheet-plan', true) },
  ]);
  const find = () => findReviewedRun(clientOf(api), context, SHA, 'callsheet-plan');
  expect(await find()).toBeUndefined();
  api.pulls.set(SHA, pull('studio/library'));
  expect(await find()).toEqual({ change: 7, run: 2 });
  api.pulls.set(SHA, pull('stranger/library'));
  expect(await find()).toBeUndefined();
});

test('on GitLab, the note of a merge request is found by its author and replaced', async () => {
  const notes = [{ id: 1, body: '<!-- m -->\nfrom somebody', author: { username: 'reviewer' } }];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body =
      chunks.length === 0
        ? undefined
        : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as { body: string });
    const path = new URL(request.url ?? '/', 'http://gitlab.test').pathname;
    const list = '/api/v4/projects/12/merge_requests/3/notes';
    const found = notes.find(({ id }) => path === `${list}/${id}`);
    if (request.headers['private-token'] !== 'glpat') response.writeHead(401);
    else if (path === '/api/v4/user') response.write(JSON.stringify({ username: 'callsheet-bot' }));
    else if (path === list && request.method === 'GET') response.write(JSON.stringify(notes));
    else if (path === list && request.method === 'POST')
      response.write(
        JSON.stringify(notes.push({ id: 2, body: body!.body, author: { username: 'callsheet-bot' } })),
      );
    else if (found !== undefined && request.method === 'PUT') {
      found.body = body!.body;
      response.write(JSON.stringify(found));
    } else response.writeHead(404);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as { port: number };
    const gitlab = readCiContext(
      {
        GITLAB_CI: 'true',
        CI_API_V4_URL: `http://127.0.0.1:${port}/api/v4`,
        CI_PROJECT_ID: '12',
        CI_MERGE_REQUEST_IID: '3',
      },
      undefined,
    );
    const client = new ForgeClient({
      apiUrl: gitlab.apiUrl,
      headers: { 'private-token': 'glpat' },
      sleep: async () => {},
    });
    const request = { ...gitlab, change: 3 };
    expect(await upsertComment(client, request, '<!-- m -->\none')).toBe('created');
    expect(await upsertComment(client, request, '<!-- m -->\ntwo')).toBe('updated');
    expect(notes.map(({ body }) => body)).toEqual(['<!-- m -->\nfrom somebody', '<!-- m -->\ntwo']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a pipeline elsewhere, or one with odd variables, is refused', () => {
  expect(() => readCiContext({}, undefined)).toThrow(expect.objectContaining({ code: 'unsupported' }));
  for (const project of ['', 'a', 'a/b/c', 'a/b?x', '../x']) {
    expect(
      () => readCiContext({ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: project }, undefined),
      project,
    ).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  }
  expect(() =>
    readCiContext({ GITLAB_CI: 'true', CI_PROJECT_ID: '1', CI_API_V4_URL: 'file:///etc' }, undefined),
  ).toThrow();
});

test('on GitLab, the reviewed plan is fetched from the newest pipeline of the merged request; a fork has none', async () => {
  const plan = { formatVersion: '1.0', id: 'plan-x' };
  const answers = new Map<string, unknown>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://gitlab.test').pathname;
    asked.push(path);
    response.statusCode = answers.has(path) ? 200 : 404;
    response.end(JSON.stringify(answers.get(path) ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as { port: number };
    const gitlab = { ...context, forge: 'gitlab', project: '12' } as const;
    const client = new ForgeClient({
      apiUrl: `http://127.0.0.1:${port}`,
      headers: { 'private-token': 'x' },
      sleep: async () => {},
    });
    const find = () => {
      return fetchReviewedPlan(client, gitlab, SHA, { job: 'callsheet plan', file: 'report/plan.json' });
    };
    const requests = `/projects/12/repository/commits/${SHA}/merge_requests`;
    const merged = { iid: 7, state: 'merged', source_project_id: 12, target_project_id: 12 };
    answers.set('/projects/12/merge_requests/7/pipelines', [{ id: 1 }, { id: 3 }, { id: 2 }]);
    answers.set('/projects/12/pipelines/3/jobs', [
      { id: 31, name: 'lint' },
      { id: 32, name: 'callsheet plan' },
    ]);
    answers.set('/projects/12/pipelines/2/jobs', [{ id: 21, name: 'callsheet plan' }]);
    answers.set('/projects/12/jobs/21/artifacts/report/plan.json', plan);

    answers.set(requests, []);
    expect(await find()).toBeUndefined();
    answers.set(requests, [
      { ...merged, source_project_id: 99 },
      { ...merged, state: 'closed' },
    ]);
    expect(await find()).toBeUndefined();
    answers.set(requests, [merged]);
    expect(await find()).toEqual({ change: 7, run: 21, document: plan });
    expect(asked).not.toContain('/projects/12/jobs/31/artifacts/report/plan.json');
    answers.set('/projects/12/jobs/32/artifacts/report/plan.json', { ...plan, id: 'plan-y' });
    expect((await find())?.run).toBe(32);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
