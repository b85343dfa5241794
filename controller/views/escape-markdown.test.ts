import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOf, escapeMarkdown } from './escape-markdown.ts';

test('leaves plain text of any script as it is', () => {
  expect(escapeMarkdown('Mara Stone, 65 % 漢字 été - v1.2/a=b')).toBe('Mara Stone, 65 % 漢字 été - v1.2/a=b');
});

test.each([
  ['<b>', '&#60;b&#62;'],
  ['a|b', 'a&#124;b'],
  ['`x` *y* _z_', '&#96;x&#96; &#42;y&#42; &#95;z&#95;'],
  ['[l](u)', '&#91;l&#93;&#40;u&#41;'],
  ['&lt;', '&#38;lt&#59;'],
  ['@team', '&#64;&#8288;team'],
  ['#12', '&#35;&#8288;12'],
  ['GH-12', 'GH-&#8288;12'],
  ['www.example', 'www&#46;example'],
  ['https://example', 'https&#58;//example'],
  ['a\nb', 'a&#92;nb'],
  ['\u202e', '&#92;u&#123;202e&#125;'],
])('%j', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
  expect(codeOf(text)).toBe(`<code>${escaped}</code>`);
});

test('leaves nothing that Markdown or HTML gives a meaning to', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeMarkdown(text).replace(/&#\d+;/g, '')).toMatch(/^[A-Za-z0-9 ,=%/.\-\u0080-\u{10FFFF}]*$/u);
    }),
  );
});
