import { describe, expect, it } from 'vitest';
import { renderContactSheets } from './contact-sheet.ts';
import type { Raster } from './raster.ts';
import { sharp } from './sharp.ts';
import { decodeTile, encodeTile, makeTile } from './tile.ts';

const LAYOUT = { thumbnail: 200, columns: 5 };

function plain(width: number, height: number, rgb: readonly [number, number, number]): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at += 3) data.set(rgb, at);
  return { width, height, channels: 3, data };
}

function cells(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    tile: plain(200, 150, [200, 30, 30]),
  }));
}

describe('makeTile', () => {
  it.each([
    [1000, 500, 200, 100],
    [300, 900, 67, 200],
    [120, 80, 120, 80],
  ])('fits %i x %i into the square: %i x %i', async (width, height, tileWidth, tileHeight) => {
    const tile = await makeTile(plain(width, height, [10, 200, 90]), 200);

    expect(tile).toMatchObject({ width: tileWidth, height: tileHeight, channels: 3 });
    expect(tile.data).toHaveLength(tileWidth * tileHeight * 3);
    expect([...tile.data.subarray(0, 3)]).toEqual([10, 200, 90]);
  });

  it('survives the thumbnail cache with its size and, nearly, its colours', async () => {
    const tile = plain(200, 133, [250, 20, 20]);

    const again = await decodeTile(await encodeTile(tile));

    expect(again).toMatchObject({ width: 200, height: 133, channels: 3 });
    for (const channel of [0, 1, 2])
      expect(Math.abs(again.data[channel]! - tile.data[channel]!)).toBeLessThan(8);
  });

  it('keeps a grey tile at three channels', async () => {
    const again = await decodeTile(
      await sharp(Buffer.alloc(100, 128), { raw: { width: 10, height: 10, channels: 1 } })
        .jpeg()
        .toBuffer(),
    );

    expect(again.data).toHaveLength(300);
  });
});

describe('renderContactSheets', () => {
  it.each([
    [1, [[216, 244]]],
    [5, [[1048, 244]]],
    [20, [[1048, 952]]],
    [25, [[1048, 1188]]],
    [
      26,
      [
        [1048, 1188],
        [216, 244],
      ],
    ],
  ])('lays %i cells out at most 25 a sheet', async (count, sizes) => {
    const sheets = await renderContactSheets(cells(count), LAYOUT);

    const actual = await Promise.all(sheets.map(async (sheet) => await sharp(sheet).metadata()));
    expect(actual.map(({ width, height }) => [width, height])).toEqual(sizes);
    expect(
      actual.every(({ format, chromaSubsampling }) => format === 'jpeg' && chromaSubsampling === '4:4:4'),
    ).toBe(true);
  });

  it('gives the same bytes for the same cells, and other bytes for other numbers', async () => {
    const [first] = await renderContactSheets(cells(3), LAYOUT);
    const [second] = await renderContactSheets(cells(3), LAYOUT);
    const [third] = await renderContactSheets(
      cells(3).map((cell) => ({ ...cell, number: cell.number + 1 })),
      LAYOUT,
    );

    expect(Buffer.compare(first!, second!)).toBe(0);
    expect(Buffer.compare(first!, third!)).not.toBe(0);
  });

  it('draws nothing over a picture', async () => {
    const tile = plain(200, 200, [0, 160, 0]);
    const [sheet] = await renderContactSheets([{ number: 88, tile }], LAYOUT);

    const { data } = await sharp(sheet)
      .extract({ left: 12, top: 40, width: 192, height: 192 })
      .raw()
      .toBuffer({ resolveWithObject: true });

    expect(Math.max(...data.filter((_, index) => index % 3 === 0))).toBeLessThan(24);
    expect(Math.min(...data.filter((_, index) => index % 3 === 1))).toBeGreaterThan(130);
  });

  it('crosses out a picture that cannot be shown', async () => {
    const [sheet] = await renderContactSheets([{ number: 1, tile: undefined }], LAYOUT);

    const { data, info } = await sharp(sheet).raw().toBuffer({ resolveWithObject: true });

    const brightness = (x: number, y: number) => data[(y * info.width + x) * 3]!;
    expect(brightness(8 + 100, 36 + 100)).toBeGreaterThan(150);
    expect(brightness(8 + 100, 36 + 40)).toBeLessThan(90);
  });

  it('refuses a tile that does not fit its cell', async () => {
    await expect(
      renderContactSheets([{ number: 1, tile: plain(300, 10, [0, 0, 0]) }], LAYOUT),
    ).rejects.toThrow(RangeError);
  });
});
