import { describe, expect, it } from 'vitest';
import { parseJson } from './json-text.ts';

function nested(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}

describe('parsing JSON that people write', () => {
  it('says where a file is nested too deeply, however deep', () => {
    for (const levels of [101, 5_000, 200_000]) {
      const text = `{"a": "${'[{'.repeat(200)}",\n "b": ${nested(levels - 1)}}`;
      expect(() => parseJson(text, 'm.json')).toThrow('m.json:2:106 is nested more than 100 levels deep');
    }
  });

  it('reads what is not: many brackets side by side, or in strings', () => {
    const wide = { list: Array.from({ length: 500 }, (_, index) => ({ index, text: '[[{{\\"' })) };

    expect(parseJson(JSON.stringify(wide), 'm.json')).toEqual(wide);
    expect(parseJson(nested(100), 'm.json')).toEqual(JSON.parse(nested(100)));
  });

  it('says where the first mistake is', () => {
    expect(() => parseJson('{\n "a": }', 'm.json')).toThrow('m.json:2:7 is not valid JSON');
  });
});
