import sharp from 'sharp';

/**
 * Pictures whose category and quality can be read off their pixels, so that tests know the truth of every image: the category is the
 * strongest channel, the quality 1 to 10 its brightness. A stand-in for taste, not for code: everything around it is the real thing.
 */
export const COLOUR_CATEGORIES = ['photorealistic', 'bw_stylized', 'color_stylized'] as const;
export type ColourCategory = (typeof COLOUR_CATEGORIES)[number];

const SIDE = 48;

/** @param salt makes the content differ without changing what it shows. */
export async function colourPicture(category: string, quality: number, salt: number): Promise<Buffer> {
  const channel = COLOUR_CATEGORIES.indexOf(category as ColourCategory);
  const colour = [40, 40, 40];
  colour[channel] = 75 + Math.round(quality * 18);
  const data = Buffer.alloc(SIDE * SIDE * 3);
  for (let i = 0; i < SIDE * SIDE; i += 1) for (let c = 0; c < 3; c += 1) data[i * 3 + c] = colour[c]!;
  // The salt goes into the first pixels, too few to move the mean.
  for (let bit = 0; bit < 31; bit += 1) if ((salt >>> bit) & 1) data[bit * 3 + ((channel + 1) % 3)] = 60;
  return await sharp(data, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .png()
    .toBuffer();
}

/** What such a picture shows. */
export function readColour(raster: { readonly data: Uint8Array }): {
  category: ColourCategory;
  quality: number;
} {
  const sums = [0, 0, 0];
  for (let i = 0; i < raster.data.length; i += 1) sums[i % 3]! += raster.data[i]!;
  const means = sums.map((sum) => sum / (raster.data.length / 3));
  const channel = means.indexOf(Math.max(...means));
  const quality = Math.min(10, Math.max(1, Math.round((means[channel]! - 75) / 18)));
  return { category: COLOUR_CATEGORIES[channel]!, quality };
}
