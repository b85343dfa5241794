/** Pixels in memory: 8-bit sRGB without alpha, EXIF orientation applied, rows top to bottom. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
  /** `width * height * 3` bytes. */
  readonly data: Uint8Array;
}
