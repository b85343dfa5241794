import sharp, { type Sharp } from 'sharp';
import type { Raster } from '../controller/picture/raster.ts';

/** A source of numbers in 0..1. */
export type Random = () => number;

/** Decodes a file as the evaluator's callers do: upright, without alpha, at most 1024 px. */
export async function decode(input: string | Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(input)
    .autoOrient()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .resize(1024, 1024, { fit: 'inside', withoutEnlargement: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rgb =
    info.channels === 3
      ? new Uint8Array(data)
      : Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)]!);
  return { width: info.width, height: info.height, channels: 3, data: rgb };
}

/** The same numbers for the same name, whatever the order of the pictures. */
export function randomFor(name: string): Random {
  let state = [...name].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Makes the picture again as another library might hold it: cropped, mirrored, brighter or darker, grey or sepia or more vivid, smaller,
 * softer, recompressed, framed. None of it turns a photograph into a drawing or back, so neither may the evaluator.
 */
export async function augment(raster: Raster, random: Random): Promise<Raster> {
  const between = (from: number, to: number) => from + (to - from) * random();
  const cropped = crop(raster, between(0.4, 1), random);
  if (random() < 0.5) cropped.flop();
  const shifted = cropped.linear(between(0.75, 1.2), between(-18, 18));
  const graded = await regrade(await toPng(shifted), random);
  const side = Math.round(between(170, 640));
  const scaled = sharp(graded).resize(side, side, { fit: 'inside', withoutEnlargement: true });
  if (random() < 0.2) scaled.blur(between(0.4, 1.2));
  const encoded = await scaled.jpeg({ quality: Math.round(between(40, 92)) }).toBuffer();
  if (random() >= 0.2) return decode(encoded);
  const border = Math.round(side * between(0.03, 0.2));
  const background = random() < 0.7 ? '#fff' : '#000';
  const across = random() < 0.5 ? border : 0;
  return decode(
    await toPng(
      sharp(encoded).extend({ top: border, bottom: border, left: across, right: across, background }),
    ),
  );
}

function crop({ width, height, data }: Raster, area: number, random: Random): Sharp {
  const keep = (side: number) => Math.max(Math.min(side, 48), Math.round(side * Math.sqrt(area)));
  const region = { width: keep(width), height: keep(height) };
  const left = Math.floor(random() * (width - region.width + 1));
  const top = Math.floor(random() * (height - region.height + 1));
  return sharp(data, { raw: { width, height, channels: 3 } }).extract({ left, top, ...region });
}

async function regrade(png: Buffer, random: Random): Promise<Buffer> {
  const choice = random();
  const picture = sharp(png).toColourspace('srgb');
  if (choice < 0.3) return toPng(picture.grayscale());
  if (choice < 0.45) return toPng(picture.modulate({ saturation: 0.3 + 0.6 * random() }));
  if (choice < 0.55) return toPng(picture.modulate({ saturation: 1.1 + 0.5 * random() }));
  if (choice > 0.9) return toPng(picture.recomb(SEPIA));
  return png;
}

const SEPIA: [[number, number, number], [number, number, number], [number, number, number]] = [
  [0.393, 0.769, 0.189],
  [0.349, 0.686, 0.168],
  [0.272, 0.534, 0.131],
];

function toPng(picture: Sharp): Promise<Buffer> {
  return picture.png({ compressionLevel: 1 }).toBuffer();
}
