import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderJunit } from './junit.ts';
import { renderSarif } from './sarif.ts';
import { renderValidationMarkdown } from './validation-markdown.ts';
import { renderWorkflowCommands } from './workflow-commands.ts';

const HOSTILE = 'a<b>&"\'\n::error::x\r%0A]]>\u0000\u202e, b:c';

const found: Diagnostic = {
  severity: 'error',
  code: 'unknown-field',
  summary: 'Unknown field',
  detail: '"shares" is not a field. Did you mean "share"?',
  range: { file: 'teams/film 1.yaml', line: 7, column: 23, endLine: 7, endColumn: 29 },
  frame: '> 7 |   shares: 65\n    |   ^^^^^^',
};
const hostile: Diagnostic = {
  severity: 'warning',
  code: 'odd',
  summary: HOSTILE,
  detail: HOSTILE,
  range: { file: `${HOSTILE}.yaml`, line: 1, column: 1 },
};
const nowhere: Diagnostic = {
  severity: 'error',
  code: 'no-specs',
  summary: 'No specs found',
  detail: 'There is no file.',
};

test('annotations name the file from the top of the repository, and text begins no command of its own', () => {
  const text = renderWorkflowCommands([found, hostile, nowhere], 'specs/');
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe(
    '::error file=specs/teams/film 1.yaml,line=7,col=23,endLine=7,title=Unknown field (unknown-field)::"shares" is not a field. Did you mean "share"?',
  );
  expect(lines[1]).toMatch(/^::warning file=specs\/a<b>/);
  expect(lines[1]).toContain('%250A');
  for (const hidden of ['\r', '\u0000', '\u202e']) expect(lines[1]).not.toContain(hidden);
  expect(lines[2]).toBe('::error title=No specs found (no-specs)::There is no file.');
});

test('JUnit counts errors as failures, and is well-formed whatever the text holds', () => {
  const xml = renderJunit([found, hostile, nowhere], 'specs/');
  expect(xml).toContain('tests="3" failures="2"');
  expect(xml).toContain('file="specs/teams/film 1.yaml" line="7"');
  // Outside of tags, markup characters are entities only; inside, quotes are balanced.
  for (const line of xml.split('\n').slice(1)) {
    expect(line.replace(/<\/?[a-z-]+(?: [a-z]+="[^"<]*")*\s*\/?>/g, '')).not.toMatch(
      /[<>"]|&(?!(?:amp|lt|gt|quot|#10);)/,
    );
  }
  for (const hidden of ['\r', '\u0000', '\u202e']) expect(xml).not.toContain(hidden);
  expect(renderJunit([], '')).toContain('tests="1" failures="0"');
});

test('SARIF has a rule for each code, and regions in UTF-16 columns', () => {
  const [run] = JSON.parse(renderSarif([found, found, nowhere], 'specs/', '0.1.0')).runs;
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['unknown-field', 'no-specs']);
  expect(run.results[1]).toMatchObject({ ruleIndex: 0, level: 'error' });
  expect(run.results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'specs/teams/film%201.yaml' },
    region: { startLine: 7, startColumn: 23, endLine: 7, endColumn: 29 },
  });
  expect(run.results[2]).not.toHaveProperty('locations');
});

test('the comment for broken specs fits, and shows text as it is', () => {
  const text = renderValidationMarkdown(
    Array.from({ length: 5000 }, () => hostile).concat(found),
    'specs/',
    'studio',
  );
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/^<!-- callsheet-plan:studio -->\n/);
  expect(text).toContain('more problems');
  expect(text).not.toContain('<b>&');
});
