import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeBlock, escapeText } from './escape.ts';

describe('escapeText', () => {
  it.each([
    ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['two\nlines\r\n\t', 'two\\nlines\\r\\n\\t'],
    ['\u009b2J', '\\x9b2J'],
    ['cpp.\u202Egpj', 'cpp.\\u{202e}gpj'],
    ['a\u2028b\u200Bc', 'a\\u{2028}b\\u{200b}c'],
    ['tag\u{E0041}', 'tag\\u{e0041}'],
    ['lone \uD800', 'lone \uFFFD'],
  ])('shows what is unsafe in %j', (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  it.each(['Zoë', '天気', '👩‍👩‍👧', 'नमस्ते', 'می‌خواهم', 'עברית', 'a\\nb'])('leaves %s alone', (text) => {
    expect(escapeText(text)).toBe(text);
  });

  it('never lets a control character through, and is stable', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (codePoints) => {
        const text = String.fromCodePoint(...codePoints);
        const escaped = escapeText(text);
        return (
          !/[\p{Cc}\p{Surrogate}\u202A-\u202E\u2066-\u2069]/u.test(escaped) && escapeText(escaped) === escaped
        );
      }),
    );
  });
});

describe('escapeBlock', () => {
  it('keeps lines and tabs and nothing else', () => {
    expect(escapeBlock('a\r\n\tb\rc\x07')).toBe('a\n\tb\\rc\\x07');
  });
});
