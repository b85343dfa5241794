import type { ObservedImage } from '../observation/observation.ts';

/** An image that is known well enough to be compared with others. */
export type JudgedImage = ObservedImage & {
  readonly category: string;
  readonly quality: number;
  readonly digest: string;
};

export function isJudged(image: ObservedImage): image is JudgedImage {
  const seen = image.state === 'usable' || image.state === 'uncertain';
  return seen && image.category !== undefined && image.quality !== undefined && image.digest !== undefined;
}

/** Whether a plan may delete it at all: pins hold for good; what is not surely known, or is needed elsewhere, is not touched. */
export function isDeletable(image: ObservedImage): image is JudgedImage {
  return image.state === 'usable' && !image.pinned && image.needed === undefined && isJudged(image);
}

/**
 * Order in which images of one category go, first to last:
 * lower quality; an exact copy of another image before one of a kind; generated before shot, because a picture that was shot cannot
 * be had again; less sure of its category before surer; then by name, so that the order never depends on how the set was listed.
 */
export function compareForDeletion(a: JudgedImage, b: JudgedImage): number {
  return (
    a.quality - b.quality ||
    Number(b.duplicateOf !== undefined) - Number(a.duplicateOf !== undefined) ||
    Number(b.generated) - Number(a.generated) ||
    (a.confidence ?? 0) - (b.confidence ?? 0) ||
    compareText(a.image, b.image)
  );
}

/** Order in which images are taken in (adopted, restored): the best first, then by name. */
export function compareForAdmission(
  a: { readonly image: string; readonly quality?: number },
  b: { readonly image: string; readonly quality?: number },
): number {
  return (b.quality ?? 0) - (a.quality ?? 0) || compareText(a.image, b.image);
}

/** Code-unit order: the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
