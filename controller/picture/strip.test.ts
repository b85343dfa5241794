import { expect, it } from 'vitest';
import type { Raster } from './raster.ts';
import { cutTile, encodeStrip } from './strip.ts';
import { decodeTile } from './tile.ts';

/** Dark and light tiles in turn, so that one that shows in another would be seen. */
function tile(index: number, width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3).fill(index % 2 === 0 ? 30 : 220);
  return { width, height, channels: 3, data };
}

it.each([200, 150, 64])('gives every tile back as it was, at %i pixels', async (side) => {
  const sizes = [
    [side, side],
    [side, 1],
    [1, side],
    [side - 3, side - 5],
    [3, 2],
  ] as const;
  const tiles = sizes.map(([width, height], index) => tile(index, width, height));

  const strip = await decodeTile(await encodeStrip(tiles, side));

  for (const [index, before] of tiles.entries()) {
    const after = cutTile(strip, index, before)!;
    expect(after).toMatchObject({ width: before.width, height: before.height });
    expect(after.data.every((value, at) => Math.abs(value - before.data[at]!) <= 2)).toBe(true);
  }
  expect(cutTile(strip, sizes.length, { width: 1, height: 1 })).toBeUndefined();
  expect(cutTile(strip, 0, { width: side + 8, height: 1 })).toBeUndefined();
});
