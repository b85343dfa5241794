import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import type { GenerationOrder, GenerationState, Generator } from '../../controller/generator/generator.ts';
import { colourPicture } from './colour-pictures.ts';

/** Of every picture it sells. */
export const SOLD_QUALITY = 8;

export interface ColourGeneratorOptions {
  /** File that stands for the provider's books: every accepted order is a line, across processes and crashes. */
  readonly books: string;
  /** Share of answers lost after the order was accepted, 0 to 1. */
  readonly lost?: number;
  /** Does not say whether it took an order. */
  readonly deaf?: boolean;
  /** Share of pictures of another category, 0 to 1. */
  readonly wrong?: number;
  /** Milliseconds that a picture takes. */
  readonly latencyMs?: number;
  readonly random?: () => number;
}

/** A paid provider: sells pictures at $0.04, remembers every order it took, and cannot be talked into forgetting one. */
export class ColourGenerator implements Generator {
  readonly id = 'colour:1';
  readonly provider = 'colour';
  readonly model = 'colour-1';
  readonly priceUsd = 0.04;
  private readonly options: ColourGeneratorOptions;
  private readonly random: () => number;

  constructor(options: ColourGeneratorOptions) {
    this.options = options;
    this.random = options.random ?? Math.random;
  }

  async submit(order: GenerationOrder): Promise<string> {
    order.assertHeld();
    const ticket = `${order.actor}-${order.seed}-${order.promptNumber}`;
    appendFileSync(
      this.options.books,
      `${JSON.stringify({ ticket, actor: order.actor, category: order.category, seed: order.seed })}\n`,
    );
    if (this.random() < (this.options.lost ?? 0))
      throw new CallsheetError('unavailable', 'the answer was lost');
    return ticket;
  }

  async collect(ticket: string, order: GenerationOrder): Promise<GenerationState> {
    await delay(this.options.latencyMs ?? 0);
    const wrong = (order.seed % 1000) / 1000 < (this.options.wrong ?? 0);
    const category = wrong && order.category !== 'bw_stylized' ? 'bw_stylized' : order.category;
    const bytes = await colourPicture(category, SOLD_QUALITY, order.seed);
    if (!readBooks(this.options.books).some((line) => line.ticket === ticket))
      return { status: 'lost', message: 'no such order' };
    return { status: 'succeeded', picture: { bytes, contentType: 'image/png', costUsd: this.priceUsd } };
  }

  async find(order: GenerationOrder): Promise<string | undefined> {
    if (this.options.deaf === true) throw new CallsheetError('unavailable', 'no answer');
    return readBooks(this.options.books).find(
      (line) => line.seed === order.seed && line.actor === order.actor,
    )?.ticket;
  }
}

export interface BookLine {
  readonly ticket: string;
  readonly actor: string;
  readonly category: string;
  readonly seed: number;
}

/** Every order that was ever accepted. */
export function readBooks(path: string): BookLine[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BookLine);
}
