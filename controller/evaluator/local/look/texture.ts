import type { Pixels } from './resample.ts';

/** How many numbers `describeTexture` gives. */
export const TEXTURE_LENGTH = 17;

const GRADIENT_SHARES = [0.25, 0.5, 0.75, 0.9, 0.99];
const NOISE_SHARES = [0.2, 0.35, 0.5, 0.8, 0.95];
const TONE_BINS = 32;
/** Gradients under this many grey levels count as none. */
const FLAT = 2;

/**
 * What tells a drawing from a photograph without knowing what is depicted: flat fills, few colours and bare paper against grain and
 * smooth shading. Order: flat share; gradient quantiles; noise quantiles (both as log); darkest and lightest share; entropy of
 * brightness; colours in use (log); shares of the commonest colour and of the eight commonest.
 */
export function describeTexture(pixels: Pixels): Float32Array {
  const brightness = toBrightness(pixels);
  const { gradients, masks, flat } = differences(brightness, pixels.width, pixels.height);
  const tones = toneShares(brightness);
  const palette = paletteCounts(pixels);
  const total = brightness.length;
  return Float32Array.from([
    flat,
    ...GRADIENT_SHARES.map((share) => logQuantile(gradients, share)),
    ...NOISE_SHARES.map((share) => logQuantile(masks, share)),
    tones[0]! + tones[1]!,
    tones[TONE_BINS - 1]! + tones[TONE_BINS - 2]!,
    tones.reduce((bits, share) => (share > 0 ? bits - share * Math.log2(share) : bits), 0),
    Math.log(palette.length),
    palette[0]! / total,
    palette.slice(0, 8).reduce((sum, count) => sum + count, 0) / total,
  ]);
}

function toBrightness({ data }: Pixels): Float32Array {
  const brightness = new Float32Array(data.length / 3);
  for (let i = 0; i < brightness.length; i++) {
    brightness[i] = 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
  }
  return brightness;
}

function differences(y8: Float32Array, width: number, height: number) {
  const count = (width - 2) * (height - 2);
  const gradients = new Float32Array(count);
  const masks = new Float32Array(count);
  let flat = 0;
  let k = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++, k++) {
      const cross = y8[i - 1]! + y8[i + 1]! + y8[i - width]! + y8[i + width]!;
      const corners = y8[i - width - 1]! + y8[i - width + 1]! + y8[i + width - 1]! + y8[i + width + 1]!;
      const gradient = Math.hypot(y8[i + 1]! - y8[i - 1]!, y8[i + width]! - y8[i - width]!);
      gradients[k] = gradient;
      masks[k] = Math.abs(4 * y8[i]! - 2 * cross + corners);
      if (gradient < FLAT) flat++;
    }
  }
  return { gradients: gradients.sort(), masks: masks.sort(), flat: flat / count };
}

function logQuantile(sorted: Float32Array, share: number): number {
  return Math.log(1 + sorted[Math.floor(share * (sorted.length - 1))]!);
}

function toneShares(brightness: Float32Array): Float64Array {
  const shares = new Float64Array(TONE_BINS);
  for (const value of brightness) shares[toneBin(value)]! += 1 / brightness.length;
  return shares;
}

function toneBin(value: number): number {
  return Math.max(0, Math.min(TONE_BINS - 1, Math.floor(value / (256 / TONE_BINS))));
}

/** How often each of 4096 colours occurs, commonest first; colours that do not occur are left out. */
function paletteCounts({ data }: Pixels): number[] {
  const counts = new Uint32Array(4096);
  for (let i = 0; i < data.length; i += 3)
    counts[((data[i]! >> 4) << 8) | ((data[i + 1]! >> 4) << 4) | (data[i + 2]! >> 4)]!++;
  return [...counts.filter((count) => count > 0)].sort((a, b) => b - a);
}
