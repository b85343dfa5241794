import { createHash } from 'node:crypto';
import { sharp } from '../../picture/sharp.ts';
import type { GeneratedPicture } from '../generator.ts';
import { frameBase } from './canvas.ts';
import { createRandom } from './random.ts';
import type { Picture } from './technique.ts';
import { chooseTechnique, type Style } from './technique-choice.ts';

/** One picture for a thread of the generator. */
export interface DrawRequest {
  /** The actor's base image as it is in the store. */
  readonly base: Uint8Array;
  readonly style: Style;
  readonly prompt: string;
  readonly seed: number;
  /** Pixels. */
  readonly longSide: number;
}

/** Makes one picture: everything in it follows from the request. Rejects as `frameBase` does. */
export async function drawPicture(request: DrawRequest): Promise<GeneratedPicture> {
  const { base, style, prompt, seed, longSide } = request;
  const digest = createHash('sha256').update(base).digest('hex');
  const random = createRandom(digest, prompt, String(seed));
  const technique = chooseTechnique(style, prompt, random);
  const canvas = await frameBase(base, technique.framing, longSide, random);
  return {
    bytes: await encode(technique.render(canvas, random, prompt)),
    contentType: 'image/jpeg',
    costUsd: 0,
  };
}

/** JPEG without any metadata; one channel stays one channel. */
async function encode(picture: Picture): Promise<Uint8Array> {
  const { width, height, channels } = picture;
  const image = sharp(picture.data, { raw: { width, height, channels } });
  const encodable = channels === 1 ? image.toColourspace('b-w') : image;
  return encodable.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
}
