import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../../controller/cli/run.ts';
import type { Plan } from '../../controller/plan/plan.ts';
import { parsePlan } from '../../controller/plan/plan-file.ts';
import { planSummaryLine } from '../../controller/views/plan-outcome.ts';
import { buildLibrary, FILM, some } from '../support/build-library.ts';
import { createGitRepo, type GitRepo } from '../support/git-repo.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import { seedEvaluations } from '../support/seed-evaluations.ts';

let repo: GitRepo;
let base: string;

/** One actor at its target, one with three photographs too many. */
beforeAll(async () => {
  repo = await createGitRepo();
  const set = (photos: number) => [
    ...some('photorealistic', photos),
    ...some('bw_stylized', 4),
    ...some('color_stylized', 3),
  ];
  await buildLibrary(repo.work, [
    { id: '0001', type: 'film', images: set(13) },
    { id: '0002', type: 'film', images: set(16) },
  ]);
  await seedEvaluations(repo.work);
  base = await repo.commit({ '.gitignore': 'state/\nprovider-books.jsonl\n*.out\n' }, 'Library');
}, 60_000);

afterAll(async () => {
  await repo[Symbol.asyncDispose]();
});

async function run(...argv: readonly string[]) {
  const terminal = memoryTerminal({ cwd: repo.work, env: { PATH: process.env.PATH ?? '' } });
  const code = await runProgram([...argv], terminal);
  return { code, ...terminal.written };
}

/** Plans a change of the specs against the base, as text and as JSON; both must say the same, and so must the exit code. */
async function review(files: Readonly<Record<string, string | null>>): Promise<Plan> {
  await repo.git('checkout', '--quiet', '-B', 'change', base);
  await repo.commit(files);
  const flags = [
    'plan',
    '--base',
    'main',
    '--refresh=false',
    '--detailed-exitcode',
    '--out',
    path.join(repo.work, 'plan.out'),
  ];
  const text = await run(...flags);
  const plan = parsePlan(await readFile(path.join(repo.work, 'plan.out'), 'utf8'), 'plan.out');
  const json = await run(...flags, '--json');
  const events = json.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; plan?: Plan });
  const event = events.find(({ type }) => type === 'plan')!.plan!;
  expect(event.digest).toBe(plan.digest);
  expect([text.code, json.code]).toEqual(plan.summary.delete + plan.summary.generate > 0 ? [2, 2] : [0, 0]);
  expect(text.out).toContain(planSummaryLine(plan));
  return plan;
}

function effects(plan: Plan): string[] {
  return plan.base!.actors.map(({ actor, effect }) => `${actor} ${effect}`);
}

const guard = (plan: Plan, name: string) => plan.guards.find((one) => one.name === name)?.result;

test('a comment: all there is to do was to do before', async () => {
  const plan = await review({ 'specs/film.yaml': `${FILM}# reviewed\n` });
  expect(effects(plan)).toEqual(['0002 drift']);
  expect(plan.source).toMatchObject({ kind: 'directory', dirty: false });
});

test('a share, a total: both actors are changed by it', async () => {
  const share = await review({
    'specs/film.yaml': FILM.replace('65', '50').replace('share: 20', 'share: 35'),
  });
  expect(effects(share)).toEqual(['0001 changed-by-this', '0002 changed-by-this']);
  const total = await review({ 'specs/film.yaml': FILM.replace('total: 20', 'total: 23') });
  expect(effects(total)).toContain('0001 changed-by-this');
});

test('a tolerance that takes in what was out of balance settles it only when the total fits too', async () => {
  const plan = await review({
    'specs/film.yaml': FILM.replace('total: 20', 'total: 23\n  tolerance: { points: 30 }'),
  });
  expect(effects(plan)).toEqual(['0001 changed-by-this', '0002 settled']);
});

test('a selector, a removed distribution: actors become unmanaged, which is said, and nothing is deleted', async () => {
  const selector = await review({
    'specs/film.yaml': FILM.replace('spec:', 'spec:\n  selector: { actors: ["0002"] }'),
  });
  expect(guard(selector, 'distribution-removed')).toBe('warn');
  expect(effects(selector)).toEqual(['0002 drift']);
  const removed = await review({ 'specs/film.yaml': null });
  expect(removed.guards.find(({ name }) => name === 'distribution-removed')).toMatchObject({
    result: 'warn',
    actors: ['0001', '0002'],
  });
  expect(removed.summary.delete).toBe(0);
  expect(effects(removed)).toEqual(['0002 settled']);
});

test('a target of nothing is denied', async () => {
  const plan = await review({
    'specs/film.yaml': FILM.replace('65', '80').replace('    color_stylized: { share: 15 }\n', ''),
  });
  expect(guard(plan, 'target-zero')).toBe('deny');
});

test('another taxonomy: every image is to be evaluated anew, at what cost, and "no changes" is not said', async () => {
  const taxonomy = await readFile(path.join(import.meta.dirname, '../../specs/taxonomy.yaml'), 'utf8');
  await repo.git('checkout', '--quiet', '-B', 'change', base);
  await repo.commit({
    'specs/taxonomy.yaml': taxonomy.replaceAll(
      /illustration, colour: (monochrome|colour) /g,
      (_, seen) => `illustration, colour: ${seen === 'colour' ? 'monochrome' : 'colour'} `,
    ),
  });
  const text = await run(
    'plan',
    '--base',
    'main',
    '--refresh=false',
    '--detailed-exitcode',
    '--out',
    path.join(repo.work, 'plan.out'),
  );
  expect(text.err).not.toContain('error:');
  const plan = parsePlan(await readFile(path.join(repo.work, 'plan.out'), 'utf8'), 'plan.out');
  expect(text.out).not.toContain('No changes');
  expect(text.code).toBe(1);
  expect(plan.guards.find(({ name }) => name === 're-evaluation')).toMatchObject({
    result: 'warn',
    message: expect.stringContaining('43 of 43'),
  });
});

test('without a refresh nothing is written but the file that was asked for', async () => {
  await repo.git('checkout', '--quiet', '-B', 'change', base);
  const before = await run('state', 'list');
  await run('plan', '--refresh=false', '--out', path.join(repo.work, 'plan.out'));
  expect((await run('state', 'list')).out).toBe(before.out);
});

test('broken YAML and a hidden character stop it, with file and line', async () => {
  await repo.git('checkout', '--quiet', '-B', 'change', base);
  await repo.commit({ 'specs/film.yaml': FILM.replace('total: 20', 'total: [20') });
  const broken = await run('plan', '--refresh=false');
  expect(broken.code).toBe(1);
  await repo.commit({ 'specs/film.yaml': FILM.replace('name: film', 'name: "fi\u200blm"') });
  const hidden = await run('validate', '--format', 'github', '--no-library');
  expect(hidden.out).toMatch(/^::(error|warning) file=specs\/film\.yaml,line=3,/m);
  expect(hidden.out).not.toContain('\u200b');
});
