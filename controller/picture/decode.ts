import type { PictureFacts } from '../evaluator/evaluator.ts';
import { uprightJpegSize } from './jpeg-header.ts';
import type { Raster } from './raster.ts';
import { sharp } from './sharp.ts';
import { type Sniffed, sniff } from './sniff.ts';

/** Long side of a decoded raster, in pixels: enough for every evaluator, little enough to hold a few hundred. */
export const RASTER_SIDE = 1024;

export interface DecodeLimits {
  /** Width times height of the file, before any scaling. */
  readonly maxPixels: number;
  readonly maxBytes: number;
}

/**
 * What became of a file. `unreadable`: nobody can decode it. `unsupported`: a picture, of a format that is not decoded here.
 * `too-large`: not decoded because of a limit.
 */
export type Decoded =
  | { readonly status: 'ok'; readonly facts: PictureFacts; readonly raster: Raster }
  | { readonly status: 'unreadable' | 'unsupported' | 'too-large'; readonly message: string };

export interface DecodeOptions {
  /** Pixels of the raster's long side; smaller pictures are not enlarged. 1024 unless set. */
  readonly side?: number;
}

/**
 * Decodes a picture once and in full: 8-bit sRGB on white, upright, at most 1024 px on its long side; of an animation the first
 * frame. Headers are checked against the limits before any pixel is decoded. Never rejects because of what the file holds.
 */
export async function decodePicture(
  bytes: Uint8Array,
  limits: DecodeLimits,
  { side = RASTER_SIDE }: DecodeOptions = {},
): Promise<Decoded> {
  const kind = sniff(bytes);
  if (kind.kind !== 'picture') return refuse(kind);
  if (bytes.length > limits.maxBytes) {
    return {
      status: 'too-large',
      message: `${bytes.length} bytes, more than the ${limits.maxBytes} allowed`,
    };
  }
  try {
    const facts = await readFacts(bytes, kind.format);
    if (facts.width * facts.height > limits.maxPixels) {
      const message = `${facts.width} x ${facts.height} pixels, more than the ${limits.maxPixels} allowed`;
      return { status: 'too-large', message };
    }
    return { status: 'ok', facts, raster: await readPixels(bytes, limits.maxPixels, side) };
  } catch (error) {
    return { status: 'unreadable', message: `damaged ${kind.format.toUpperCase()}: ${firstLine(error)}` };
  }
}

function refuse(kind: Exclude<Sniffed, { kind: 'picture' }>): Decoded {
  if (kind.kind === 'not-a-picture') {
    return { status: 'unreadable', message: `not an image (looks like ${kind.name})` };
  }
  return {
    status: 'unsupported',
    message: `looks like ${kind.name}, which is not decoded here; convert it to JPEG or PNG`,
  };
}

/** Reads the header alone. */
async function readFacts(bytes: Uint8Array, format: string): Promise<PictureFacts> {
  const known = format === 'jpeg' ? uprightJpegSize(bytes) : undefined;
  const { width, height } = known ?? (await sharp(bytes, { limitInputPixels: false }).metadata()).autoOrient;
  if (!(width > 0 && height > 0)) throw new Error('it has no pixels');
  return { width, height, format, bytes: bytes.length };
}

async function readPixels(bytes: Uint8Array, maxPixels: number, side: number): Promise<Raster> {
  const { data, info } = await sharp(bytes, {
    failOn: 'warning',
    limitInputPixels: maxPixels,
    autoOrient: true,
  })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true, kernel: kernelFor(side) })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: asRgb(data, info.channels) };
}

/** For a tile, which the decoder itself has reduced most of the way, a quicker kernel does as well. */
function kernelFor(side: number): 'cubic' | 'lanczos3' {
  return side < RASTER_SIDE ? 'cubic' : 'lanczos3';
}

/** Grey pictures come out of the decoder with one channel. */
function asRgb(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  if (channels !== 1) throw new Error(`it has ${channels} colour channels`);
  const rgb = new Uint8Array(data.length * 3);
  for (let index = 0, at = 0; index < data.length; index += 1, at += 3)
    rgb[at] = rgb[at + 1] = rgb[at + 2] = data[index]!;
  return rgb;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0]!.slice(0, 200);
}
