import type { Sharp } from 'sharp';
import { CallsheetError } from '../../diagnostics/errors.ts';
import { sharp } from '../../picture/sharp.ts';
import type { Random } from './random.ts';

/** The framed base image that a technique works on. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** 8-bit sRGB, three bytes a pixel. */
  readonly rgb: Uint8Array;
  /** Where the subject is, in pixels: most likely the face. */
  readonly focus: Point;
  /** Pixels that are 1/896 of the long side: sizes given in units look the same at every resolution. */
  readonly unit: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far a technique may move away from the base image's framing, and how far it may enlarge it. */
export interface Framing {
  /** The share of the base image's sides that is kept: a number is drawn between `tightest` and `widest`. */
  readonly tightest: number;
  readonly widest: number;
  /** Width by height, one is drawn. `undefined` keeps the base image's. */
  readonly aspects: readonly (number | undefined)[];
  /** A photograph enlarged more than this is mush; a drawing makes its own detail. */
  readonly maxEnlargement: number;
}

/** The least side, in pixels, of a base image that shows enough to work with. */
export const SMALLEST_BASE = 64;
const LARGEST_BASE_PIXELS = 100_000_000;

/** Decodes, turns upright, frames and sizes a base image. Rejects with `invalid-input`, `too-large` or `corrupt`. */
export async function frameBase(
  bytes: Uint8Array,
  framing: Framing,
  longSide: number,
  random: Random,
): Promise<Canvas> {
  const base = await measure(bytes);
  const focus = await findFocus(bytes, base);
  const crop = chooseCrop(base, focus, framing, random);
  const scale = Math.min(longSide / Math.max(crop.width, crop.height), framing.maxEnlargement);
  const width = Math.max(1, Math.round(crop.width * scale));
  const height = Math.max(1, Math.round(crop.height * scale));
  const rgb = await decode(() =>
    open(bytes)
      .extract({ left: crop.left, top: crop.top, width: crop.width, height: crop.height })
      .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
      .raw()
      .toBuffer(),
  );
  const at = { x: (focus.x - crop.left) * scale, y: (focus.y - crop.top) * scale };
  return { width, height, rgb, focus: at, unit: Math.max(width, height) / 896 };
}

/** An upright, opaque sRGB pipeline with bounds on what it will decode. */
function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: 'error', limitInputPixels: LARGEST_BASE_PIXELS })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb');
}

interface Size {
  readonly width: number;
  readonly height: number;
}

async function measure(bytes: Uint8Array): Promise<Size> {
  const { autoOrient } = await decode(() => sharp(bytes, { limitInputPixels: false }).metadata());
  const { width, height } = autoOrient;
  if (width * height > LARGEST_BASE_PIXELS) {
    throw new CallsheetError(
      'too-large',
      `the base image has ${width} x ${height} pixels; at most 100 million are decoded`,
    );
  }
  if (Math.min(width, height) < SMALLEST_BASE) {
    const least = `${SMALLEST_BASE} x ${SMALLEST_BASE}`;
    throw new CallsheetError(
      'invalid-input',
      `the base image is ${width} x ${height} pixels, too small to work from`,
      {
        hint: `Give the actor a base image of at least ${least} pixels, better 768 or more on its long side.`,
      },
    );
  }
  return { width, height };
}

async function decode<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CallsheetError(
      'corrupt',
      'the base image cannot be decoded: it is damaged, cut short, or not a picture',
      {
        hint: 'Put a sound JPEG, PNG or WebP file in its place.',
        cause: error,
      },
    );
  }
}

/** The middle of what looks like skin, where portraits have a face: about the face. */
async function findFocus(bytes: Uint8Array, base: Size): Promise<Point> {
  const width = 48;
  const height = Math.max(1, Math.round((48 * base.height) / base.width));
  const rgb = await decode(() => open(bytes).resize(width, height, { fit: 'fill' }).raw().toBuffer());
  // A faint vote for the usual place decides where nothing looks like skin.
  const sum = { x: 0.5 * 0.5, y: 0.38 * 0.5, weight: 0.5 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = (y * width + x) * 3;
      const u = (x + 0.5) / width;
      const v = (y + 0.5) / height;
      const weight =
        skinLikeness(rgb[p]!, rgb[p + 1]!, rgb[p + 2]!) * bell(u - 0.5, 0.2) * bell(v - 0.36, 0.17);
      sum.x += u * weight;
      sum.y += v * weight;
      sum.weight += weight;
    }
  }
  return { x: (sum.x / sum.weight) * base.width, y: (sum.y / sum.weight) * base.height };
}

/** Chroma near that of skin, dark and light alike (YCbCr); 0 to 1. */
function skinLikeness(red: number, green: number, blue: number): number {
  const cb = 128 - 0.169 * red - 0.331 * green + 0.5 * blue;
  const cr = 128 + 0.5 * red - 0.419 * green - 0.081 * blue;
  const lit = red + green + blue > 150 ? 1 : 0.2;
  return bell(cb - 110, 14) * bell(cr - 150, 12) * lit;
}

function bell(value: number, width: number): number {
  return Math.exp((-value * value) / (2 * width * width));
}

interface Crop extends Size {
  readonly left: number;
  readonly top: number;
}

/** A window that holds the focus, a little off centre, in the upper half. */
function chooseCrop(base: Size, focus: Point, framing: Framing, random: Random): Crop {
  const share = random.between(framing.tightest, framing.widest);
  const aspect = random.pick(framing.aspects) ?? clamp(base.width / base.height, 0.4, 2.5);
  const width = Math.max(SMALLEST_BASE / 2, Math.floor(Math.min(base.width, base.height * aspect) * share));
  const height = Math.max(SMALLEST_BASE / 2, Math.floor(Math.min(base.height, width / aspect)));
  const left = Math.round(focus.x - width * random.between(0.42, 0.58));
  const top = Math.round(focus.y - height * random.between(0.36, 0.46));
  return {
    width,
    height,
    left: clamp(left, 0, base.width - width),
    top: clamp(top, 0, base.height - height),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
