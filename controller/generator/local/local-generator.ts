import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import { isCallsheetError } from '../../diagnostics/errors.ts';
import { messageWithHint } from '../../diagnostics/sentence.ts';
import { WorkerPool } from '../../runtime/worker-pool.ts';
import type { GeneratedPicture, GenerationOrder, GenerationState, Generator } from '../generator.ts';
import type { DrawRequest } from './draw-picture.ts';
import { type CategoryHints, styleOf } from './style.ts';

export interface LocalGeneratorOptions {
  /** The taxonomy's categories; one without hints is judged by the description that comes with an order. */
  readonly categories: readonly { readonly name: string; readonly local?: CategoryHints | undefined }[];
  /** Pixels of the long side, 768 when left out. A small base image gives a smaller picture. */
  readonly longSide?: number;
}

const DEFAULT_LONG_SIDE = 768;
/** Pictures in the making at once, each on a thread of its own. Each takes about 60 MB meanwhile. */
const THREADS = Math.min(2, availableParallelism());

/**
 * The free generator: redraws or re-photographs the actor's base image on this machine's CPU. The same base image, prompt and seed
 * give the same picture, so a ticket needs no store behind it: the order itself says all.
 */
/** Errors of a base image that is not there or cannot be used: an order that waited for another one would stay open for good. */
const WITHOUT_REMEDY = ['corrupt', 'invalid-input', 'too-large', 'not-found', 'unsupported'] as const;

export function createLocalGenerator(options: LocalGeneratorOptions): Generator {
  const longSide = options.longSide ?? DEFAULT_LONG_SIDE;
  const queue = new PQueue({ concurrency: THREADS });
  const threads = new WorkerPool<DrawRequest, GeneratedPicture>({
    file: './worker',
    from: import.meta.url,
    size: THREADS,
    owner: 'The local generator',
  });

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
    try {
      const base = await order.baseImage(signal);
      const picture = await queue.add(() => draw(order, base), signal === undefined ? {} : { signal });
      return { status: 'succeeded', picture };
    } catch (error) {
      if (!isCallsheetError(error, ...WITHOUT_REMEDY)) throw error;
      return { status: 'failed', message: messageWithHint(error), permanent: true, charged: false };
    }
  }

  function draw(order: GenerationOrder, base: Uint8Array): Promise<GeneratedPicture> {
    const style = styleOf(categoryHints(options, order.category), order.categoryDescription);
    return threads.run({ base, style, prompt: order.prompt, seed: order.seed, longSide });
  }

  return {
    id: 'local',
    provider: 'local',
    model: 'local',
    priceUsd: 0,
    submit,
    collect,
    find: (order, _sinceMs, signal) => submit(order, signal),
    [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
  };
}

function categoryHints(options: LocalGeneratorOptions, name: string): CategoryHints | undefined {
  return options.categories.find((category) => category.name === name)?.local;
}

function ticketOf(order: GenerationOrder): string {
  const parts = [order.actor, order.category, order.promptNumber, order.prompt, order.seed];
  return `local-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}
