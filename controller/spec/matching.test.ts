import { expect, test } from 'vitest';
import { checkSpecs } from './load-specs.ts';
import { type SelectableActor, selectorRank, targetOf } from './matching.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const LEAD: SelectableActor = { id: '0001', type: 'lead', labels: { unit: 'second' } };

test.each([
  [undefined, 1],
  [{ types: ['lead'] }, 2],
  [{ types: ['extra'] }, 0],
  [{ labels: { unit: 'second' } }, 2],
  [{ labels: { unit: 'first' } }, 0],
  [{ labels: { constructor: 'x' } }, 0],
  [{ types: ['lead'], labels: { unit: 'first' } }, 0],
  [{ actors: ['0001'] }, 3],
  [{ actors: ['0002'] }, 0],
  [{ actors: ['0002'], types: ['lead'] }, 2],
])('selector %j has rank %d', (selector, rank) => {
  expect(selectorRank(selector, LEAD)).toBe(rank);
});

test('an explicit actor outranks a type, and a type outranks the rest', () => {
  const specs = resolve(
    ['rest', ''],
    ['leads', 'selector: { types: [lead] }'],
    ['one', 'selector: { actors: ["0001"] }'],
  );

  expect(nameFor(specs, LEAD)).toBe('one');
  expect(nameFor(specs, { ...LEAD, id: '0002' })).toBe('leads');
  expect(nameFor(specs, { ...LEAD, id: '0003', type: 'extra' })).toBe('rest');
});

test('without a distribution an actor is unmanaged', () => {
  const specs = resolve(['leads', 'selector: { types: [lead] }']);

  expect(targetOf(specs, { ...LEAD, type: 'extra' }, NOW)).toEqual({ kind: 'unmanaged' });
});

test('two of one rank are a conflict that names both', () => {
  const specs = resolve(
    ['leads', 'selector: { types: [lead] }'],
    ['unit', 'selector: { labels: { unit: second } }'],
  );

  expect(targetOf(specs, LEAD, NOW)).toEqual({
    kind: 'conflict',
    distributions: ['leads', 'unit'],
    message: 'Distributions "leads" and "unit" both select actor 0001.',
  });
});

test('a suspension ends by itself', () => {
  const specs = resolve(['rest', 'suspend: { reason: shooting, until: 2026-12-01 }']);

  expect(suspensionAt(specs, '2026-11-30T23:59:59Z')).toEqual({
    reason: 'shooting',
    until: '2026-12-01T00:00:00Z',
  });
  expect(suspensionAt(specs, '2026-12-01T00:00:00Z')).toBeUndefined();
});

test('the digest follows the meaning, not the writing', () => {
  const one = resolve(['rest', '']);
  const quoted = resolve(['rest', 'tolerance: { points: 10 }', '"65%"']);
  const other = resolve(['rest', 'tolerance: { points: 9 }']);

  expect(quoted.digest).toBe(one.digest);
  expect(other.digest).not.toBe(one.digest);
});

function resolve(...distributions: [name: string, fields: string, share?: string][]) {
  const text = distributions.map(
    ([name, fields, share = '65']) =>
      `apiVersion: callsheet.dev/v1\nkind: Distribution\nmetadata: { name: ${name} }\nspec:\n  total: 20\n  categories: { photorealistic: { share: ${share} }, bw_stylized: { share: 35 } }\n  ${fields}\n`,
  );
  const snapshot = {
    files: [{ name: 'x.yaml', text: text.join('---\n') }],
    diagnostics: [],
    revision: { kind: 'directory' as const, id: 'x' },
    root: '/',
  };
  const { specs, diagnostics } = checkSpecs(snapshot, { nowMs: NOW });
  expect(diagnostics).toEqual([]);
  return specs!;
}

function nameFor(specs: ReturnType<typeof resolve>, actor: SelectableActor): string | undefined {
  const found = targetOf(specs, actor, NOW);
  return found.kind === 'target' ? found.target.distribution : undefined;
}

function suspensionAt(specs: ReturnType<typeof resolve>, time: string) {
  const found = targetOf(specs, LEAD, Date.parse(time));
  return found.kind === 'target' ? found.target.suspended : 'no target';
}
