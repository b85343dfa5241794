import type { Raster } from './raster.ts';
import { sharp } from './sharp.ts';

/** Reduces a raster to fit a square of `size` pixels, aspect kept; smaller pictures are not enlarged. */
export async function makeTile(raster: Raster, size: number): Promise<Raster> {
  if (raster.width <= size && raster.height <= size) return raster;
  const pipeline = fromRaster(raster).resize(size, size, { fit: 'inside' });
  return await toRaster(pipeline);
}

/**
 * A raster as JPEG. Chroma is kept at full resolution: subsampling makes small pictures look painted. The standard Huffman tables will do:
 * tables made for the picture save a tenth of the bytes and take as much time again.
 */
export async function encodeTile(tile: Raster, quality = 90): Promise<Uint8Array> {
  return await fromRaster(tile)
    .jpeg({ quality, chromaSubsampling: '4:4:4', optimiseCoding: false })
    .toBuffer();
}

/** Reads back what `encodeTile` wrote. Rejects for anything else. */
export async function decodeTile(bytes: Uint8Array): Promise<Raster> {
  return await toRaster(sharp(bytes, { failOn: 'warning' }));
}

function fromRaster({ width, height, channels, data }: Raster) {
  return sharp(data, { raw: { width, height, channels } });
}

async function toRaster(pipeline: ReturnType<typeof sharp>): Promise<Raster> {
  const { data, info } = await pipeline
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}
