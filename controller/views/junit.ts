import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { escapeText } from './escape.ts';

/**
 * Problems of specs as a JUnit report: a test case for every problem, failed when it is an error, and a passed one when there is none. The
 * form is the one that GitLab, Jenkins and others read.
 *
 * @param folder what file names are relative to, as seen from the repository; empty or ending in `/`.
 */
export function renderJunit(diagnostics: readonly Diagnostic[], folder: string): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const cases =
    diagnostics.length === 0
      ? ['    <testcase classname="specs" name="specs are valid"/>']
      : diagnostics.map((one) => testCase(one, folder));
  const totals = `tests="${cases.length}" failures="${errors}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="callsheet validate" ${totals}>`,
    `  <testsuite name="specs" ${totals}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ severity, code, summary, detail, range, frame }: Diagnostic, folder: string): string {
  const file = range === undefined ? '' : `${folder}${range.file}`;
  const place = range === undefined ? '' : `${file}:${range.line}:${range.column}`;
  const where = range === undefined ? '' : ` file="${xml(file)}" line="${range.line}"`;
  const text = [place, ...(frame === undefined ? [] : [frame]), detail]
    .filter((part) => part !== '')
    .join('\n');
  const body =
    severity === 'error'
      ? `<failure type="${xml(code)}" message="${xml(`${summary}: ${detail}`)}">${xml(text)}</failure>`
      : `<system-out>${xml(`warning: ${text}`)}</system-out>`;
  return `    <testcase classname="${xml(file === '' ? 'specs' : file)}" name="${xml(`${code}${place === '' ? '' : ` at ${place}`}`)}"${where}>${body}</testcase>`;
}

/** XML 1.0 cannot say most control characters at all: they are shown as escapes first. */
function xml(text: string): string {
  return text
    .split('\n')
    .map(escapeText)
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
