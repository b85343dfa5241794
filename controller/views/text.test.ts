import { describe, expect, it } from 'vitest';
import { bar } from './bar.ts';
import { renderTable } from './table.ts';
import {
  countOf,
  displayWidth,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTime,
  formatUsd,
  pad,
  truncate,
  truncateMiddle,
  wrapText,
} from './text.ts';

describe('numbers', () => {
  it.each([
    [0, '$0'],
    [0.00042, '$0.00042'],
    [0.04, '$0.04'],
    [1234.5, '$1,234.50'],
    [-0.2, '-$0.20'],
  ])('writes %d dollars as %s', (usd, text) => {
    expect(formatUsd(usd)).toBe(text);
  });

  it.each([
    [420, '420 ms'],
    [999.7, '1.0 s'],
    [9_400, '9.4 s'],
    [59_400, '59 s'],
    [185_000, '3 min 5 s'],
    [7_440_000, '2 h 4 min'],
    [439_200_000, '5 d 2 h'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('separates thousands, counts nouns, and divides by zero calmly', () => {
    expect([0, 999, 5234, 1_234_567, -1234.5].map((value) => formatNumber(value))).toEqual([
      '0',
      '999',
      '5,234',
      '1,234,567',
      '-1,235',
    ]);
    expect([18.06, 1234.5, -0.04].map((value) => formatNumber(value, 1))).toEqual(['18.1', '1,234.5', '0.0']);
    expect(countOf(1, 'image')).toBe('1 image');
    expect(countOf(1200, 'entry', 'entries')).toBe('1,200 entries');
    expect(formatPercent(45, 289)).toBe('15.6%');
    expect(formatPercent(0, 0)).toBe('0.0%');
    expect(formatTime('2026-11-22T19:04:33.123Z')).toBe('2026-11-22 19:04');
  });
});

describe('text', () => {
  it.each([
    ['plain', 5],
    ['\x1b[31mred\x1b[39m', 3],
    ['天気', 4],
    ['Zoë', 3],
    ['Zoe\u0308', 3],
    ['👩‍👩‍👧', 2],
    ['❤️', 2],
    ['██▌', 3],
    ['', 0],
  ])('knows how wide %j is', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('pads and cuts by columns, not by characters', () => {
    expect(pad('天気', 6)).toBe('天気  ');
    expect(pad('7', 3, 'right')).toBe('  7');
    expect(truncate('天気予報です', 7)).toBe('天気予…');
    expect(truncate('fits', 4)).toBe('fits');
    expect(truncate('gone', 0)).toBe('');
  });

  it('wraps at spaces and keeps long words whole', () => {
    expect(wrapText('one two three\nextraordinarily short', 9)).toEqual([
      'one two',
      'three',
      'extraordinarily',
      'short',
    ]);
  });
});

describe('bar', () => {
  it('draws one block a unit while all fit, and scales above that', () => {
    expect(bar(3, 10, 40)).toBe('███');
    expect(bar(400, 400, 40)).toBe('█'.repeat(40));
    expect(bar(205, 400, 40)).toBe(`${'█'.repeat(20)}▌`);
    expect(bar(1, 100_000, 40)).toBe('▏');
    expect(bar(0, 10, 40)).toBe('');
  });
});

describe('truncateMiddle', () => {
  it('keeps the beginning and the end, in columns', () => {
    expect(truncateMiddle('photorealistic-0123456789abcdef.jpg', 20)).toBe('photoreali…bcdef.jpg');
    expect(truncateMiddle('short.jpg', 20)).toBe('short.jpg');
    for (const width of [1, 2, 3, 9, 10]) {
      expect(displayWidth(truncateMiddle('天地玄黃宇宙洪荒.jpg', width))).toBeLessThanOrEqual(width);
    }
  });
});

describe('renderTable', () => {
  const columns = [
    { title: 'ACTOR' },
    { title: 'IMAGES', align: 'right' },
    { title: 'MESSAGE', flexible: true },
  ] as const;

  it('aligns columns and leaves no trailing space', () => {
    expect(
      renderTable(columns, [
        ['0042', '22', 'x'],
        ['天', '5,234', ''],
      ]),
    ).toEqual(['ACTOR  IMAGES  MESSAGE', '0042       22  x', '天      5,234']);
  });

  it('cuts the flexible column to the terminal and colours after padding', () => {
    const style = (text: string) => `<${text}>`;
    const rows = [['0042', '22', { text: 'a long message that does not fit', style }]];
    expect(renderTable(columns, rows, { width: 30 })[1]).toBe('0042       22  <a long message…>');
  });
});
