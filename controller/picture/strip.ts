import type { Raster } from './raster.ts';
import { encodeTile } from './tile.ts';

/*
 * Tiles one below the other in one JPEG: encoding it takes a quarter of the work of encoding each tile, and storing it is one write. Rows
 * begin where JPEG's blocks begin, and what of a block is outside its tile repeats the tile's edge, so that no tile shows in another.
 */

const BLOCK = 8;
/** More tiles are spread over several strips: whoever wants one decodes them all. */
export const MAX_ROWS = 25;

/** Draws tiles of at most `side` pixels as a strip. */
export async function encodeStrip(tiles: readonly Raster[], side: number): Promise<Uint8Array> {
  const row = wholeBlocks(side);
  const strip = { width: row, height: row * tiles.length, channels: 3 as const };
  const data = new Uint8Array(strip.width * strip.height * 3);
  for (const [index, tile] of tiles.entries()) drawRow(data, strip.width, index * row, tile);
  return await encodeTile({ ...strip, data });
}

/** Cuts a tile of this size out of a strip. Undefined when the strip has no such row. */
export function cutTile(
  strip: Raster,
  row: number,
  { width, height }: { readonly width: number; readonly height: number },
): Raster | undefined {
  // A row is as high as the strip is wide.
  const top = row * strip.width;
  if (width > strip.width || height > strip.width || top + height > strip.height) return undefined;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const start = (top + y) * strip.width * 3;
    data.set(strip.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { width, height, channels: 3, data };
}

function drawRow(data: Uint8Array, across: number, top: number, tile: Raster): void {
  const { width, height } = tile;
  for (let y = 0; y < wholeBlocks(height); y += 1) {
    const from = Math.min(y, height - 1) * width * 3;
    const line = tile.data.subarray(from, from + width * 3);
    const start = (top + y) * across * 3;
    data.set(line, start);
    for (let x = width; x < wholeBlocks(width); x += 1) data.set(line.subarray(-3), start + x * 3);
  }
}

function wholeBlocks(pixels: number): number {
  return Math.ceil(pixels / BLOCK) * BLOCK;
}
