import type { Raster } from '../../../picture/raster.ts';

/** The brightness of each pixel, 0..255. */
export interface Luminance {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Rec. 601 luma. */
export function toLuminance(raster: Raster): Luminance {
  const data = new Uint8Array(raster.width * raster.height);
  for (let i = 0, at = 0; i < data.length; i++, at += 3) {
    data[i] = (raster.data[at]! * 77 + raster.data[at + 1]! * 150 + raster.data[at + 2]! * 29 + 128) >> 8;
  }
  return { width: raster.width, height: raster.height, data };
}
