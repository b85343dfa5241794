import type { Usage } from './prices.ts';

/** What is asked, as far as its size goes. */
export interface QuestionSize {
  /** Instructions, schema and question. */
  readonly text: string;
  /** Images asked about. */
  readonly images: number;
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
}

const PATCH = 32;
/** Larger pictures are scaled down to this many patches of 32 x 32 pixels before the model sees them, whatever `detail` says. */
const MAX_PATCHES = 1536;
/** Tokens a patch: the highest factor that is documented for any model, since they differ and have been billed differently. */
const MOST_PER_PATCH = 2.5;
/** The factor of gpt-4.1-mini and of the small models after it, as far as theirs are known. */
const USUAL_PER_PATCH = 1.62;

/** Room for an answer: most models need less than half of it. */
const MOST_PER_IMAGE = 120;
const MOST_PER_ANSWER = 400;
/** A verdict is a number, eight words, a category, two figures, and the JSON around them. */
const USUAL_PER_IMAGE = 50;
const USUAL_PER_ANSWER = 60;
/** Thought of a model that reasons: what it may take, and what a sheet gives it to think about. */
const MOST_THOUGHT = 8_000;
const USUAL_THOUGHT = 1_500;

/** The bound that the provider is given for an answer. */
export function maxOutputTokens(images: number, reasons: boolean): number {
  return images * MOST_PER_IMAGE + MOST_PER_ANSWER + (reasons ? MOST_THOUGHT : 0);
}

/** No call is billed more: what is reserved before it. */
export function mostTokens({ text, images, width, height }: QuestionSize, reasons: boolean): Usage {
  const patches = Math.min(MAX_PATCHES, patchesOf(width, height));
  return {
    // No text has more tokens than UTF-8 bytes, and none of ours has half as many.
    inputTokens: Math.ceil(Buffer.byteLength(text) / 2) + Math.ceil(patches * MOST_PER_PATCH),
    outputTokens: maxOutputTokens(images, reasons),
  };
}

/** What such a call is billed as a rule: within a fifth or so for models that do not reason. */
export function usualTokens({ text, images, width, height }: QuestionSize, reasons: boolean): Usage {
  return {
    inputTokens: Math.ceil(Buffer.byteLength(text) / 4) + usualImageTokens(width, height),
    outputTokens: images * USUAL_PER_IMAGE + USUAL_PER_ANSWER + (reasons ? USUAL_THOUGHT : 0),
  };
}

/** What a picture is billed as, scaled down first where it has too many patches. */
export function usualImageTokens(width: number, height: number): number {
  const patches = patchesOf(width, height);
  if (patches <= MAX_PATCHES) return Math.ceil(patches * USUAL_PER_PATCH);
  const scale = Math.sqrt((PATCH * PATCH * MAX_PATCHES) / (width * height));
  const [across, down] = [(width * scale) / PATCH, (height * scale) / PATCH];
  // Scaled down a little further, so that the patches come out even on one side.
  const even = scale * Math.min(Math.floor(across) / across, Math.floor(down) / down);
  return Math.ceil(patchesOf(width * even, height * even) * USUAL_PER_PATCH);
}

function patchesOf(width: number, height: number): number {
  // A millionth of a patch is the noise of binary fractions.
  return Math.ceil(width / PATCH - 1e-6) * Math.ceil(height / PATCH - 1e-6);
}
