import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parsePlan } from '../../controller/plan/plan-file.ts';
import { runStep } from '../support/action-steps.ts';
import { buildLibrary, FILM } from '../support/build-library.ts';
import { createGitRepo, type GitRepo } from '../support/git-repo.ts';
import { type GithubApi, startGithubApi } from '../support/github-api.ts';
import { seedEvaluations } from '../support/seed-evaluations.ts';

const MARKER = '<!-- callsheet-plan:callsheet -->';

/** A repository with a library of two actors, one as it should be, one with too many photographs. */
async function studio(): Promise<GitRepo> {
  const repo = await createGitRepo();
  const images = (photos: number, drawings: number, colours: number) => [
    ...Array.from({ length: photos }, (_, index) => ({
      category: 'photorealistic',
      quality: 1 + (index % 9),
    })),
    ...Array.from({ length: drawings }, () => ({ category: 'bw_stylized', quality: 8 })),
    ...Array.from({ length: colours }, () => ({ category: 'color_stylized', quality: 8 })),
  ];
  await buildLibrary(repo.work, [
    { id: '0001', type: 'film', images: images(13, 4, 3) },
    { id: '0002', type: 'film', images: images(16, 4, 3) },
  ]);
  await seedEvaluations(repo.work);
  await repo.commit({ '.gitignore': 'state/\nprovider-books.jsonl\n' }, 'Library');
  return repo;
}

/** Checks out what GitHub would: the merge of a branch with one change, in a detached head. */
async function pullRequest(repo: GitRepo, files: Readonly<Record<string, string>>): Promise<string> {
  await repo.git('checkout', '--quiet', '-B', 'feature', 'main');
  const head = await repo.commit(files, 'Change');
  await repo.git('checkout', '--quiet', '--detach', 'main');
  await repo.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'feature');
  return head;
}

async function runAction(
  repo: GitRepo,
  api: GithubApi,
  inputs: Readonly<Record<string, string>> = {},
  head = 'studio/library',
) {
  const temp = path.join(repo.folder, 'runner');
  await mkdir(temp, { recursive: true });
  const files = {
    event: path.join(temp, 'event.json'),
    summary: path.join(temp, 'summary.md'),
    output: path.join(temp, 'output.txt'),
  };
  const base = await repo.git('rev-parse', 'main');
  await writeFile(
    files.event,
    JSON.stringify({
      pull_request: { number: 7, base: { sha: base }, head: { sha: base, repo: { full_name: head } } },
    }),
  );
  await writeFile(files.summary, '');
  await writeFile(files.output, '');
  const result = await runStep('run', {
    cwd: repo.work,
    temp,
    inputs,
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'studio/library',
      GITHUB_API_URL: api.url,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '4711',
      GITHUB_SHA: base,
      GITHUB_EVENT_PATH: files.event,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_OUTPUT: files.output,
    },
  });
  const output = Object.fromEntries(
    (await readFile(files.output, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  return {
    ...result,
    output,
    summary: await readFile(files.summary, 'utf8'),
    report: path.join(temp, 'callsheet-report'),
  };
}

test('a pull request gets one comment, which follows it from plan to broken specs and back', async () => {
  await using repo = await studio();
  await using api = await startGithubApi();
  // Somebody else's comment with our marker, and a hundred others before ours.
  for (let id = 1; id <= 120; id += 1)
    api.comments.push({
      id,
      body: id === 60 ? `${MARKER}\nmine!` : 'hello',
      user: { login: 'reviewer', type: 'User' },
    });

  await pullRequest(repo, { 'specs/film.yaml': FILM.replace('total: 20', 'total: 10') });
  const first = await runAction(repo, api);
  expect(first.exitCode, `${first.stderr}`).toBe(0);
  const ours = api.comments.filter(({ user }) => user.type === 'Bot');
  expect(ours).toHaveLength(1);
  expect(ours[0]!.body.split('\n')[0]).toBe(MARKER);
  const plan = parsePlan(await readFile(path.join(first.report, 'plan.json'), 'utf8'), 'plan.json');
  expect(plan.summary.delete).toBeGreaterThan(10);
  expect(ours[0]!.body).toContain(`${plan.summary.delete} to delete`);
  expect(first.output).toMatchObject({
    outcome: 'changes',
    deletes: String(plan.summary.delete),
    'plan-id': plan.id,
    passed: 'true',
  });
  expect(first.summary).toContain(plan.id);
  expect(plan.base?.actors.map(({ actor, effect }) => [actor, effect])).toEqual([
    ['0001', 'changed-by-this'],
    ['0002', 'changed-by-this'],
  ]);
  expect(await readFile(path.join(first.report, 'report.html'), 'utf8')).toContain('<!doctype html>');

  await pullRequest(repo, { 'specs/film.yaml': FILM.replace('total: 20', 'totl: 20') });
  const broken = await runAction(repo, api);
  expect(broken.exitCode).toBe(1);
  expect(broken.stdout).toMatch(/^::error file=specs\/film\.yaml,line=5,/m);
  expect(broken.output).toMatchObject({ outcome: 'invalid' });
  expect(api.comments.filter(({ user }) => user.type === 'Bot')).toHaveLength(1);
  expect(ours[0]!.body).toContain('No plan: the specs have');

  // A comment in the specs changes nothing: what is left is drift.
  await pullRequest(repo, { 'specs/film.yaml': `${FILM}# reviewed\n` });
  const drift = await runAction(repo, api, { 'fail-on': 'changes' });
  expect(drift.exitCode).toBe(1);
  expect(ours[0]!.body).toContain('Drift');
  expect(api.comments.find(({ id }) => id === 60)!.body).toBe(`${MARKER}\nmine!`);
  expect(api.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
}, 120_000);

test('a guard that denies the plan fails the step; a fork without a token that may write is planned all the same', async () => {
  await using repo = await studio();
  await using api = await startGithubApi();
  const library = (await readFile(path.join(repo.work, 'specs/library.yaml'), 'utf8')).replace(
    'maxDeleteShare: 100',
    'maxDeletes: 5',
  );
  await repo.commit({ 'specs/library.yaml': library }, 'Guard');
  // The change lifts the guard that it would trip; the base's guard holds.
  await pullRequest(repo, {
    'specs/film.yaml': FILM.replace('total: 20', 'total: 10'),
    'specs/library.yaml': library.replace('maxDeletes: 5', 'maxDeletes: 500'),
  });
  const denied = await runAction(repo, api);
  expect(denied.exitCode).toBe(1);
  expect(denied.output.denied).toContain('max-deletes');
  expect(api.comments[0]!.body).toContain('max-deletes');

  api.readOnly = true;
  const fork = await runAction(repo, api, { 'fail-on': 'never', refresh: 'true' }, 'stranger/library');
  expect(fork.exitCode).toBe(0);
  expect(fork.stderr).toContain('planned without paid calls');
  expect(fork.stderr).toContain('No comment could be written');
  expect(fork.summary).toContain('## Callsheet plan');
}, 120_000);

test('specs, branch names and keys with markup or shell in them inject nothing', async () => {
  await using repo = await studio();
  await using api = await startGithubApi();
  const evil = '$(touch sprung)`touch sprung`\\" --> <img src=x onerror=alert(1)> @everyone #1 ::error::x';
  const film = FILM.replace('name: film', 'name: film-x').replace(
    'spec:',
    `spec:\n  selector: { labels: { ${JSON.stringify(evil)}: x } }`,
  );
  await pullRequest(repo, { 'specs/evil.yaml': film });
  const result = await runAction(repo, api, { key: evil, base: evil, specs: 'specs', 'fail-on': evil });
  expect(result.exitCode).toBe(1);
  expect(await repo.git('status', '--porcelain')).toBe('');
  const again = await runAction(repo, api, { key: evil });
  expect(again.stdout).not.toMatch(/^::error::x/m);
  for (const { body } of api.comments) {
    expect(body.split('\n')[0]).toMatch(/^<!-- [\w:./-]+ -->$/);
    expect(body).not.toContain('<img');
    expect(body).not.toContain('@everyone');
  }
  expect(await repo.git('status', '--porcelain')).toBe('');
}, 120_000);

test('after the merge the reviewed plan is applied, without what has changed since; a commit without one waits for approval', async () => {
  await using repo = await studio();
  await using api = await startGithubApi();
  await pullRequest(repo, { 'specs/film.yaml': FILM.replace('total: 20', 'total: 10') });
  const reviewed = await runAction(repo, api);
  expect(reviewed.exitCode, reviewed.stderr).toBe(0);
  const reviewedText = await readFile(path.join(reviewed.report, 'plan.json'), 'utf8');
  const manifest = (actor: string) =>
    path.join(repo.work, `data/actors/${actor}/training_data/manifest.json`);
  const count = async (actor: string) =>
    JSON.parse(await readFile(manifest(actor), 'utf8')).images.length as number;

  await repo.git('checkout', '--quiet', '-B', 'main', 'HEAD');
  const waiting = await runAction(repo, api, { mode: 'apply' });
  expect(waiting.exitCode, waiting.stderr).toBe(0);
  expect(waiting.stderr).toContain('spec.apply is manual: nothing is applied');
  expect([await count('0001'), await count('0002')]).toEqual([20, 23]);

  // Somebody pins an image of one actor between review and merge.
  const before = JSON.parse(await readFile(manifest('0002'), 'utf8'));
  before.images[0].pinned = true;
  await writeFile(manifest('0002'), JSON.stringify(before));
  const folder = path.join(repo.folder, 'runner', 'callsheet-reviewed');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'plan.json'), reviewedText);
  const applied = await runAction(repo, api, { mode: 'apply' });
  expect(applied.exitCode).toBe(1);
  expect(`${applied.stdout}${applied.stderr}`).toContain('0002');
  expect([await count('0001'), await count('0002')]).toEqual([10, 23]);
}, 120_000);
