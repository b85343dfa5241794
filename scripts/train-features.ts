import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describePicture, type PictureFeatures } from '../controller/evaluator/local/look/features.ts';
import { measureTint, type Tint } from '../controller/evaluator/local/look/tint.ts';
import { MobileNet } from '../controller/evaluator/local/network/mobilenet.ts';
import type { Raster } from '../controller/picture/raster.ts';
import { augment, decode, randomFor } from './train-augment.ts';
import type { LabelledPicture } from './train-labelled-pictures.ts';

/** What the network says of one picture, or of an altered copy of it. */
export interface Example {
  readonly picture: LabelledPicture;
  /** 0 for the picture itself. */
  readonly variant: number;
  readonly features: PictureFeatures;
  readonly tint: Tint;
}

/** Raised when `describePicture`, `measureTint` or `augment` change, so that nothing old is read. */
const CACHE_VERSION = 1;
const CACHE = path.join(tmpdir(), `callsheet-train-features-${CACHE_VERSION}`);

/** Describes every picture and `copies` altered copies of it; what was worked out before is read from the temporary folder. */
export async function describeAll(pictures: readonly LabelledPicture[], copies: number): Promise<Example[]> {
  const network = await MobileNet.load();
  await mkdir(CACHE, { recursive: true });
  const examples: Example[] = [];
  for (const [index, picture] of pictures.entries()) {
    for (let variant = 0; variant <= copies; variant++) {
      examples.push({ picture, variant, ...(await describeOnce(network, picture, variant)) });
    }
    if (index % 100 === 99) process.stderr.write(`described ${index + 1} of ${pictures.length} pictures\n`);
  }
  return examples;
}

type Description = Pick<Example, 'features' | 'tint'>;

async function describeOnce(
  network: MobileNet,
  picture: LabelledPicture,
  variant: number,
): Promise<Description> {
  const key = createHash('sha256')
    .update(await readFile(picture.file))
    .update(`${variant}`)
    .digest('hex');
  const file = path.join(CACHE, `${key}.json`);
  const cached = await readFile(file, 'utf8').catch(() => undefined);
  if (cached !== undefined) return revive(cached);
  const raster = await variantOf(await decode(picture.file), picture, variant);
  const description = { features: describePicture(network, raster), tint: measureTint(raster) };
  await writeFile(
    file,
    JSON.stringify(description, (_, value) => (value instanceof Float32Array ? encode(value) : value)),
  );
  return description;
}

function variantOf(raster: Raster, picture: LabelledPicture, variant: number): Promise<Raster> | Raster {
  return variant === 0 ? raster : augment(raster, randomFor(`${picture.id} ${variant}`));
}

function revive(text: string): Description {
  return JSON.parse(text, (_, value) => (typeof value === 'string' ? decodeFloats(value) : value));
}

function encode(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

function decodeFloats(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}
