import type { Raster } from '../../../picture/raster.ts';
import type { PictureFacts } from '../../evaluator.ts';
import type { MobileNet } from '../network/mobilenet.ts';
import { gradeQuality, type Quality } from '../quality/score.ts';
import { describePicture } from './features.ts';
import { monochromeProbability, photoProbability } from './head.ts';
import { measureTint } from './tint.ts';

/** Everything that is kept of a picture. Independent of the taxonomy. */
export interface Look {
  readonly kind: 'local-look';
  /** Probability that it was made by a camera rather than by hand, 0..1. */
  readonly photo: number;
  /** Probability that a person would call it black and white, 0..1. */
  readonly monochrome: number;
  /** Technical quality, for either case. */
  readonly quality: Quality;
}

export function isLook(value: unknown): value is Look {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'local-look';
}

/** Measures one picture; about 0.1 s of work. */
export function takeLook(network: MobileNet, raster: Raster, facts: PictureFacts): Look {
  return {
    kind: 'local-look',
    photo: photoProbability(describePicture(network, raster)),
    monochrome: monochromeProbability(measureTint(raster)),
    quality: gradeQuality(raster, facts),
  };
}
