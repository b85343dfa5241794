import { describe, expect, it } from 'vitest';
import { cartoon, lineDrawing, sampleOf, shadedScene } from '../synthetic-pictures.ts';
import { measureTint } from './tint.ts';

describe('the tint', () => {
  it.each([
    ['black on white', lineDrawing(256)],
    ['black on tinted paper', lineDrawing(256, '#222', '#e8dcc0')],
    ['brown ink on cream', lineDrawing(256, '#5a3a1c', '#f4ead2')],
    ['a grey scene', shadedScene(256).grayscale()],
  ])('explains all the colour of %s', async (_, picture) => {
    const { residual95, offTint } = measureTint((await sampleOf(picture)).raster);
    expect(residual95).toBeLessThan(7);
    expect(offTint).toBeLessThan(0.02);
  });

  it('leaves the colours of a cartoon unexplained', async () => {
    const { residual95, offTint } = measureTint((await sampleOf(cartoon(256))).raster);
    expect(residual95).toBeGreaterThan(10);
    expect(offTint).toBeGreaterThan(0.1);
  });

  it('tells saturated paper from paper that is merely tinted', async () => {
    const yellow = measureTint((await sampleOf(lineDrawing(256, '#111', '#ffe000'))).raster);
    const cream = measureTint((await sampleOf(lineDrawing(256, '#111', '#f0e6cc'))).raster);
    expect(yellow.tintChroma).toBeGreaterThan(50);
    expect(cream.tintChroma).toBeLessThan(30);
  });
});
