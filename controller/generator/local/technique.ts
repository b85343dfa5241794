import type { Canvas, Framing } from './canvas.ts';
import type { Random } from './random.ts';

export type Medium = 'photo' | 'illustration';
export type Colour = 'colour' | 'monochrome';

/** What a technique made. One channel is truly grey: no viewer and no evaluator can find colour in it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/** One way of making a picture from a base image. Pure: the same canvas and the same random sequence give the same picture. */
export interface Technique {
  readonly name: string;
  readonly medium: Medium;
  readonly colour: Colour;
  /** Beginnings of the words in a prompt that ask for it, in lower case; two words may be asked for as `pen and ink`. */
  readonly words: readonly string[];
  /** True for a technique that is never taken by chance while its family has another. */
  readonly onlyWhenAsked?: boolean;
  readonly framing: Framing;
  render(canvas: Canvas, random: Random, prompt: string): Picture;
}

/** Drawings may come closer than the base image does, but keep the person in view; they may enlarge it, since they make their own detail. */
export const DRAWING_FRAMING: Framing = {
  tightest: 0.84,
  widest: 1,
  aspects: [undefined, undefined, 0.8],
  maxEnlargement: 3,
};
