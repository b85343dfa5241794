/** What the first bytes of a file say it is. Names are for people: they complete "looks like ...". */
export type Sniffed =
  /** A raster format that is decoded here. */
  | { readonly kind: 'picture'; readonly format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff' }
  /** A picture, but of a format that is not decoded here. */
  | { readonly kind: 'other-picture'; readonly name: string }
  | { readonly kind: 'not-a-picture'; readonly name: string };

type Signature = readonly [offset: number, bytes: string, result: Sniffed];

function picture(format: Extract<Sniffed, { kind: 'picture' }>['format']): Sniffed {
  return { kind: 'picture', format };
}

function otherPicture(name: string): Sniffed {
  return { kind: 'other-picture', name };
}

function notAPicture(name: string): Sniffed {
  return { kind: 'not-a-picture', name };
}

/** Signatures in Latin-1; the first that fits counts. */
const SIGNATURES: readonly Signature[] = [
  [0, '\xff\xd8\xff', picture('jpeg')],
  [0, '\x89PNG\r\n\x1a\n', picture('png')],
  [0, 'GIF87a', picture('gif')],
  [0, 'GIF89a', picture('gif')],
  [8, 'WEBP', picture('webp')],
  [0, 'II*\0', picture('tiff')],
  [0, 'MM\0*', picture('tiff')],
  [0, 'BM', otherPicture('a BMP picture')],
  [0, '8BPS', otherPicture('a Photoshop document')],
  [0, '\xff\x0a', otherPicture('a JPEG XL picture')],
  [4, 'JXL ', otherPicture('a JPEG XL picture')],
  [4, 'jP  ', otherPicture('a JPEG 2000 picture')],
  [0, '\xff\x4f\xff\x51', otherPicture('a JPEG 2000 picture')],
  [0, '\0\0\x01\0', otherPicture('a Windows icon')],
  [0, '\x76\x2f\x31\x01', otherPicture('an OpenEXR picture')],
  [0, '#?RADIANCE', otherPicture('a Radiance picture')],
  [0, 'II+\0', otherPicture('a BigTIFF picture')],
  [0, 'MM\0+', otherPicture('a BigTIFF picture')],
  [0, '%PDF-', notAPicture('a PDF document')],
  [0, '%!PS', notAPicture('a PostScript document')],
  [0, 'PK\x03\x04', notAPicture('a zip archive')],
  [0, '\x1f\x8b', notAPicture('gzip data')],
  [0, 'version https://git-lfs', notAPicture('a Git LFS pointer, whose content was not fetched')],
  [0, '\x1aE\xdf\xa3', notAPicture('a video')],
];

/** Brands of the ISO media container that HEIC, AVIF and MP4 share. */
const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);

/** Looks at the first bytes of a file; decodes nothing. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return notAPicture('an empty file');
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (head.startsWith('ftyp', 4)) return sniffMediaContainer(head);
  const known = SIGNATURES.find(([offset, signature]) => head.startsWith(signature, offset));
  if (known !== undefined) return known[2];
  return notAPicture(sniffText(bytes.subarray(0, 1024)) ?? 'data of no known format');
}

function sniffMediaContainer(head: string): Sniffed {
  const brands = head.slice(8, Math.max(12, head.charCodeAt(3))).match(/.{4}/gs) ?? [];
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return picture('avif');
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return otherPicture('a HEIC picture');
  return notAPicture('a video');
}

/** Names the kind of text, or undefined when it is not text. */
function sniffText(bytes: Uint8Array): string | undefined {
  if (bytes.every((byte) => byte === 0)) return 'nothing but zero bytes';
  if (bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32))) return undefined;
  const text = new TextDecoder().decode(bytes).trimStart().toLowerCase();
  if (text.includes('\ufffd') && !text.startsWith('<')) return undefined;
  if (/<svg[\s>]/.test(text)) return 'an SVG drawing';
  if (text.startsWith('<!doctype html') || text.includes('<html')) return 'an HTML page';
  if (text.startsWith('<')) return 'an XML document';
  if (text.startsWith('{') || text.startsWith('[')) return 'a JSON document';
  return 'text';
}
