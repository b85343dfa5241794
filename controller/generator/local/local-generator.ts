import { createHash } from 'node:crypto';
import PQueue from 'p-queue';
import { isCallsheetError } from '../../diagnostics/errors.ts';
import { sharp } from '../../picture/sharp.ts';
import type { GeneratedPicture, GenerationOrder, GenerationState, Generator } from '../generator.ts';
import { frameBase } from './canvas.ts';
import { createRandom } from './random.ts';
import { type CategoryHints, styleOf } from './style.ts';
import type { Picture } from './technique.ts';
import { chooseTechnique } from './technique-choice.ts';

export interface LocalGeneratorOptions {
  /** The taxonomy's categories; one without hints is judged by the description that comes with an order. */
  readonly categories: readonly { readonly name: string; readonly local?: CategoryHints | undefined }[];
  /** Pixels of the long side, 768 when left out. A small base image gives a smaller picture. */
  readonly longSide?: number;
}

const DEFAULT_LONG_SIDE = 768;
/** Pictures in the making at once: one computes while another is read or encoded. Each takes about 60 MB meanwhile. */
const CONCURRENCY = 2;

/**
 * The free generator: redraws or re-photographs the actor's base image on this machine's CPU. The same base image, prompt and seed
 * give the same picture, so a ticket needs no store behind it: the order itself says all.
 */
export function createLocalGenerator(options: LocalGeneratorOptions): Generator {
  const longSide = options.longSide ?? DEFAULT_LONG_SIDE;
  const queue = new PQueue({ concurrency: CONCURRENCY });

  async function submit(order: GenerationOrder, signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    return ticketOf(order);
  }

  async function collect(
    _ticket: string,
    order: GenerationOrder,
    signal?: AbortSignal,
  ): Promise<GenerationState> {
    signal?.throwIfAborted();
    const base = await order.baseImage(signal);
    try {
      const picture = await queue.add(
        () => make(order, base, signal),
        signal === undefined ? {} : { signal },
      );
      return { status: 'succeeded', picture };
    } catch (error) {
      if (!isCallsheetError(error, 'corrupt', 'invalid-input', 'too-large')) throw error;
      const hint = error.hint === undefined ? '' : ` ${error.hint}`;
      return { status: 'failed', message: `${error.message}.${hint}`, permanent: true, charged: false };
    }
  }

  async function make(
    order: GenerationOrder,
    base: Uint8Array,
    signal?: AbortSignal,
  ): Promise<GeneratedPicture> {
    const digest = createHash('sha256').update(base).digest('hex');
    const random = createRandom(digest, order.prompt, String(order.seed));
    const style = styleOf(categoryHints(options, order.category), order.categoryDescription);
    const technique = chooseTechnique(style, order.prompt, random);
    const canvas = await frameBase(base, technique.framing, longSide, random);
    signal?.throwIfAborted();
    return {
      bytes: await encode(technique.render(canvas, random, order.prompt)),
      contentType: 'image/jpeg',
      costUsd: 0,
    };
  }

  return {
    id: 'local',
    provider: 'local',
    model: 'local',
    priceUsd: 0,
    submit,
    collect,
    find: (order, _sinceMs, signal) => submit(order, signal),
  };
}

function categoryHints(options: LocalGeneratorOptions, name: string): CategoryHints | undefined {
  return options.categories.find((category) => category.name === name)?.local;
}

function ticketOf(order: GenerationOrder): string {
  const parts = [order.actor, order.category, order.promptNumber, order.prompt, order.seed];
  return `local-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}

/** JPEG without any metadata; one channel stays one channel. */
async function encode(picture: Picture): Promise<Uint8Array> {
  const { width, height, channels } = picture;
  const image = sharp(picture.data, { raw: { width, height, channels } });
  const encodable = channels === 1 ? image.toColourspace('b-w') : image;
  return encodable.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
}
