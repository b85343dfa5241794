import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadSpecs } from '../controller/spec/load-specs.ts';
import { targetOf } from '../controller/spec/matching.ts';
import { directorySpecSource } from '../controller/spec-source/directory-spec-source.ts';
import { formatDiagnostics } from '../controller/views/diagnostics-view.ts';

const FIXTURES = path.join(import.meta.dirname, 'fixtures', 'specs');
const NOW = Date.parse('2026-11-22T12:00:00Z');
const ACTORS = [
  { id: '0001', type: 'lead', labels: {} },
  { id: '0002', type: 'lead', labels: { unit: 'second' } },
  { id: '0042', type: 'extra', labels: {} },
];

test.each(readdirSync(path.join(FIXTURES, 'invalid')))('invalid/%s', async (name) => {
  const folder = path.join(FIXTURES, 'invalid', name);

  const { diagnostics } = await load(folder);

  expect(diagnostics).not.toEqual([]);
  await expect(formatDiagnostics(diagnostics, { color: false })).toMatchFileSnapshot(
    path.join(folder, 'expected.txt'),
  );
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
