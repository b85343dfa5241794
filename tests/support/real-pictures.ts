import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { BuiltImage } from './build-library.ts';

/** Photographs of people from an npm package (MIT). */
const SAMPLES = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
);

/** So many photographs of 640 pixels, no two alike, as a camera would leave them. */
export async function realPictures(count: number): Promise<BuiltImage[]> {
  const images: BuiltImage[] = [];
  for (let index = 0; index < count; index += 1) {
    const sample = sharp(join(SAMPLES, `sample${(index % 6) + 1}.jpg`));
    const { width = 0, height = 0 } = await sample.metadata();
    const side = Math.min(width, height, 640);
    const left = Math.floor(((width - side) * ((index * 37) % 100)) / 100);
    const top = Math.floor(((height - side) * ((index * 61) % 100)) / 100);
    const bytes = await sample.extract({ left, top, width: side, height: side }).jpeg().toBuffer();
    images.push({ category: 'photorealistic', quality: 7, bytes });
  }
  return images;
}
