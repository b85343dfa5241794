import { describe, expect, it } from 'vitest';
import { blur } from './blur.ts';
import { createPlane, type Plane } from './plane.ts';

function impulse(size: number): Plane {
  const plane = createPlane(size, size);
  plane.data[(size >> 1) * size + (size >> 1)] = 1;
  return plane;
}

describe('blur', () => {
  it.each([0.8, 1.5, 3, 8])('spreads a point by sigma %f and loses nothing', (sigma) => {
    const size = 97;
    const spread = blur(impulse(size), sigma);

    let mass = 0;
    let variance = 0;
    spread.data.forEach((value, i) => {
      mass += value;
      variance += value * ((i % size) - 48) ** 2;
    });
    expect(mass).toBeCloseTo(1, 3);
    expect(Math.sqrt(variance)).toBeGreaterThan(sigma * 0.85);
    expect(Math.sqrt(variance)).toBeLessThan(sigma * 1.35);
  });

  it('leaves an even plane as it is, up to its rim', () => {
    const plane = createPlane(33, 20);
    plane.data.fill(0.37);
    for (const value of blur(plane, 5).data) expect(value).toBeCloseTo(0.37, 4);
  });

  it('bears a sigma larger than the picture', () => {
    expect(blur(impulse(3), 40).data.every(Number.isFinite)).toBe(true);
  });
});
