import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument } from './documents.ts';
import { parseSpecFile } from './parse.ts';

const HOSTILE: readonly (readonly [name: string, text: string, code: string])[] = [
  ['a million brackets', '['.repeat(1_000_000), 'too-deep'],
  ['ten thousand nested mappings', '{a: '.repeat(10_000), 'too-deep'],
  ['ten thousand nested lists', '- '.repeat(10_000), 'too-deep'],
  ['nine hundred brackets', '['.repeat(900), 'too-deep'],
  ['sixty closed levels', `${'['.repeat(60)}${']'.repeat(60)}`, 'too-deep'],
  ['two thousand documents', '---\na\n'.repeat(2000), 'too-many-documents'],
  ['an alias of an alias of an alias', bomb(12), 'too-many-aliases'],
  ['an alias of itself', 'a: &a { b: *a }', 'too-many-aliases'],
  ['one key a thousand times', 'a: 1\n'.repeat(1000), 'duplicate-key'],
  ['a key that is null', '? \n: 1', 'forbidden-key'],
];

test.each(HOSTILE)('%s', (_, text, code) => {
  const started = performance.now();

  const { documents, diagnostics } = parseSpecFile({ name: 'x.yaml', text });

  expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  expect(documents).toEqual([]);
  expect(diagnostics.length).toBeLessThanOrEqual(50);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('twenty thousand different keys take no quadratic time', () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `key${index}: 1`).join('\n');
  const started = performance.now();

  const { documents, diagnostics } = parseSpecFile({ name: 'x.yaml', text });

  expect(diagnostics).toEqual([]);
  expect(Object.keys(documents[0]?.value as object)).toHaveLength(20_000);
  // The parser's own check for duplicates takes four times as long for twice the keys, a quarter of an hour for a megabyte.
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('whatever the text is, the answer is documents and problems', () => {
  const fragments = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a ',
    '*a',
    '!t ',
    '|',
    '>',
    '#',
    '---\n',
    '? ',
    '\t',
    ',',
    '%',
    '<<: ',
    'kind: Library\n',
    'apiVersion: callsheet.dev/v1\n',
    'spec:\n',
    '0042',
    '\ufeff',
    '\u202e',
    '__proto__: ',
  );
  fc.assert(
    fc.property(fc.array(fragments, { maxLength: 40 }), (parts) => {
      const { documents, diagnostics } = parseSpecFile({ name: 'x.yaml', text: parts.join('') });
      const problems = [
        ...diagnostics,
        ...documents.flatMap((document) => readDocument(document).diagnostics),
      ];

      for (const { range, detail } of problems) {
        expect(range?.line).toBeGreaterThanOrEqual(1);
        expect(range?.column).toBeGreaterThanOrEqual(1);
        expect(detail).toMatch(/[.!?]$/);
      }
    }),
    { numRuns: 500 },
  );
});

test('a special key cannot reach the prototype of anything', () => {
  const { documents } = parseSpecFile({ name: 'x.yaml', text: '__proto__: { polluted: true }\na: 1' });

  expect(documents).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('finds nodes, keys and what stands behind an alias', () => {
  const text = 'a: &x { b: [10, 0042] }\nc: *x\n';
  const [document] = parseSpecFile({ name: 'x.yaml', text }).documents;

  expect(document?.locate(['a', 'b', 1])).toMatchObject({ line: 1, column: 17, endColumn: 21 });
  expect(document?.locate(['a', 'b'], 'key')).toMatchObject({ line: 1, column: 9, endColumn: 10 });
  expect(document?.locate(['c', 'b', 0])).toMatchObject({ line: 1, column: 13 });
  expect(document?.locate(['a', 'missing', 'far'])).toMatchObject({ line: 1, column: 1 });
  expect(document?.sourceOf(['a', 'b', 1])).toBe('0042');
});

/** A list of ten, ten times ten, and so on. */
function bomb(levels: number): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < levels; level += 1) {
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  }
  return lines.join('\n');
}
