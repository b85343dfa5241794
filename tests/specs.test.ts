import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadSpecs } from '../controller/spec/load-specs.ts';
import { targetOf } from '../controller/spec/matching.ts';
import { PROBLEMS } from '../controller/spec/problems.ts';
import { directorySpecSource } from '../controller/spec-source/directory-spec-source.ts';
import { formatDiagnostics } from '../controller/views/diagnostics-view.ts';

const FIXTURES = path.join(import.meta.dirname, 'fixtures', 'specs');
const NOW = Date.parse('2026-11-22T12:00:00Z');
/** Of files and of hostile YAML: see the tests of `directory-spec-source.ts` and `parse.ts`. */
const TESTED_ELSEWHERE = [
  'no-folder',
  'no-specs',
  'unreadable-file',
  'too-many-files',
  'file-too-large',
  'binary-file',
  'not-utf8',
  'too-deep',
  'too-many-documents',
];
const ACTORS = [
  { id: '0001', type: 'lead', labels: {} },
  { id: '0002', type: 'lead', labels: { unit: 'second' } },
  { id: '0042', type: 'extra', labels: {} },
];

test.each(readdirSync(path.join(FIXTURES, 'invalid')))('invalid/%s', async (name) => {
  const folder = path.join(FIXTURES, 'invalid', name);

  const { diagnostics } = await load(folder);

  expect(diagnostics).not.toEqual([]);
  await expect(formatDiagnostics(diagnostics)).toMatchFileSnapshot(path.join(folder, 'expected.txt'));
});

test.each(readdirSync(path.join(FIXTURES, 'valid')))('valid/%s', async (name) => {
  const folder = path.join(FIXTURES, 'valid', name);

  const { specs, diagnostics } = await load(folder);

  expect(diagnostics).toEqual([]);
  const target = targetOf(specs!, ACTORS[0]!, NOW);
  await expect(`${JSON.stringify(target, shortTexts, 2)}\n`).toMatchFileSnapshot(
    path.join(folder, 'expected.json'),
  );
});

test('every problem that has a code is shown by one of the cases, or by a test of the code that finds it', () => {
  const cases = readdirSync(path.join(FIXTURES, 'invalid'));
  const shown = cases.flatMap((name) => {
    const text = readFileSync(path.join(FIXTURES, 'invalid', name, 'expected.txt'), 'utf8');
    return [...text.matchAll(/^(?:error|warning)\[([a-z0-9-]+)\]/gm)].map(([, code]) => code!);
  });

  expect([...new Set([...shown, ...TESTED_ELSEWHERE])].sort()).toEqual(Object.keys(PROBLEMS).sort());
});

test('the default specs are free of problems and mean 13 / 4 / 3', async () => {
  const { specs, diagnostics } = await load(path.join(import.meta.dirname, '..', 'specs'));

  const found = targetOf(specs!, ACTORS[0]!, NOW);

  expect(diagnostics).toEqual([]);
  expect(
    found.kind === 'target' &&
      found.target.categories.map(({ name, count, prompts }) => [name, count, prompts.length]),
  ).toEqual([
    ['photorealistic', 13, 15],
    ['bw_stylized', 4, 11],
    ['color_stylized', 3, 9],
  ]);
});

function load(directory: string) {
  return loadSpecs(directorySpecSource({ directory }), { nowMs: NOW, actors: ACTORS });
}

/** Descriptions and the default prompts are long, and have tests of their own. */
function shortTexts(key: string, value: unknown): unknown {
  if (key === 'description' || key === 'text')
    return typeof value === 'string' ? `${value.slice(0, 20)}...` : value;
  return key === 'prompts' && Array.isArray(value) && value.length > 2 ? `${value.length} prompts` : value;
}
