import { describe, expect, it } from 'vitest';
import { resample, wholeOf } from './resample.ts';

function striped(width: number, height: number) {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = Math.floor(i / 3) % 2 === 0 ? 0 : 255;
  return { width, height, data };
}

describe('resample', () => {
  it('keeps a flat colour and the size asked for, from one pixel up', () => {
    for (const [width, height] of [
      [1, 1],
      [16, 3000],
      [500, 300],
    ] as const) {
      const source = { width, height, data: new Uint8Array(width * height * 3).fill(90) };
      const { data } = resample(source, wholeOf(source), 24, 24);
      expect(data).toHaveLength(24 * 24 * 3);
      for (const value of data) expect(value).toBeCloseTo(90, 2);
    }
  });

  it('turns fine stripes into their mean tone', () => {
    const source = striped(400, 400);
    for (const value of resample(source, wholeOf(source), 20, 20).data) {
      expect(value).toBeGreaterThan(118);
      expect(value).toBeLessThan(138);
    }
  });

  it('looks at the region alone', () => {
    const data = new Uint8Array(20 * 20 * 3);
    for (let y = 5; y < 15; y++) data.fill(200, (y * 20 + 5) * 3, (y * 20 + 15) * 3);
    const { data: centre } = resample(
      { width: 20, height: 20, data },
      { left: 5, top: 5, width: 10, height: 10 },
      4,
      4,
    );
    for (const value of centre) expect(value).toBeCloseTo(200, 2);
  });
});
