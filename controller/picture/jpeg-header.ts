/** Markers of the frame headers that hold a picture's size. */
const FRAMES: ReadonlySet<number> = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
]);
/** Exif, which may say that the picture is to be turned, or XMP. */
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;

/**
 * Size in pixels of a JPEG that is stored upright, by its header alone: a twentieth of the work of asking the decoder for it. Undefined where
 * only the decoder can tell: the picture may have to be turned, or the header is not plain.
 */
export function uprightJpegSize(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (FRAMES.has(marker)) return sizeIn(view, at + 5);
    const length = view.getUint16(at + 2);
    if (marker === APP1 || marker === START_OF_SCAN || length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

/** The height is zero where it is only known at the end of the picture. */
function sizeIn(view: DataView, at: number): { width: number; height: number } | undefined {
  const [height, width] = [view.getUint16(at), view.getUint16(at + 2)];
  return width > 0 && height > 0 ? { width, height } : undefined;
}
