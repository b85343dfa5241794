import type { Raster } from '../../../picture/raster.ts';
import type { PictureFacts } from '../../evaluator.ts';
import { type Detail, measureDetail } from './detail.ts';
import { toLuminance } from './luminance.ts';
import { measureTones, type Tones } from './tones.ts';

/** Technical quality of one picture, judged both as a photograph and as a drawing: which of the two counts is decided later. */
export interface Quality {
  readonly photo: Grade;
  readonly illustration: Grade;
}

export interface Grade {
  /** 1 (unusable) to 10 (excellent), one decimal. */
  readonly score: number;
  /** The worst property when it is bad enough to be worth naming. */
  readonly complaint: string | undefined;
}

interface Part {
  readonly complaint: string;
  /** 0 (bad) to 1 (good). */
  readonly value: number;
  readonly weight: number;
}

/** Below this a property is named to the user. */
const WORTH_NAMING = 0.45;
const FLOOR = 0.02;

/** Measures a picture of at most 1024 px; `facts` tell what the reduction hides (the original's size and compression). */
export function gradeQuality(raster: Raster, facts: PictureFacts): Quality {
  const luminance = toLuminance(raster);
  const tones = measureTones(luminance);
  const detail = measureDetail(luminance);
  const shared = sharedParts(raster, facts, tones, detail);
  return {
    photo: grade([...shared, ...photoParts(tones, detail)]),
    illustration: grade([...shared, ...illustrationParts(tones, detail)]),
  };
}

function sharedParts(raster: Raster, facts: PictureFacts, tones: Tones, detail: Detail): Part[] {
  const crisp = 0.5 * ramp(Math.log10(1 + detail.laplacian), 0, 2.7) + 0.5 * ramp(detail.reblur, 0.03, 0.42);
  const side = Math.min(facts.width, facts.height);
  return [
    { complaint: 'blurred', value: crisp ** 1.5, weight: 0.34 },
    { complaint: 'small', value: ramp(Math.log2(side), Math.log2(128), Math.log2(1024)), weight: 0.18 },
    { complaint: 'flat contrast', value: ramp(tones.range, 40, 170), weight: 0.08 },
    { complaint: 'compression artefacts', value: compression(raster, facts, detail), weight: 0.12 },
  ];
}

/** The grid is visible only where the original's pixels are seen one to one; otherwise bytes per pixel have to tell. */
function compression(raster: Raster, facts: PictureFacts, detail: Detail): number {
  const reduced = Math.max(facts.width, facts.height) > Math.max(raster.width, raster.height);
  const grid = reduced ? 1 : 1 - ramp(detail.blockiness, 0.18, 1.1);
  if (facts.format !== 'jpeg' && facts.format !== 'jpg') return grid;
  const bitsPerPixel = (8 * facts.bytes) / (facts.width * facts.height);
  // A smooth picture needs few bits: what it has to code decides how few are too few.
  const needed = 0.15 + 0.9 * ramp(Math.log10(1 + detail.laplacian), 0.5, 3.2);
  return Math.min(grid, 0.25 + 0.75 * ramp(bitsPerPixel / needed, 0.15, 0.9));
}

function photoParts(tones: Tones, detail: Detail): Part[] {
  const lostDarks = 1 - 2.2 * Math.max(0, tones.crushed - 0.06);
  const lostLights = 1 - 2.2 * Math.max(0, tones.clipped - 0.06);
  const key = 1 - Math.max(0, Math.abs(tones.mean - 118) - 50) / 60;
  const washedOut = 1 - 0.7 * ramp(tones.blackPoint, 50, 130);
  const tooDark = 1 - 0.9 * ramp(200 - tones.whitePoint, 0, 130);
  const tooBright = clamp(lostLights) * washedOut;
  const exposed = clamp(lostDarks) * tooBright * tooDark * clamp(key);
  return [
    { complaint: tones.mean < 118 ? 'under-exposed' : 'over-exposed', value: exposed, weight: 0.16 },
    { complaint: 'noisy', value: 1 - ramp(detail.noise, 4, 26), weight: 0.07 },
    { complaint: 'little detail', value: ramp(tones.entropy, 4.2, 7), weight: 0.05 },
  ];
}

/** Paper may be white and ink black: only ink that is not dark, or paper that is not light, is a fault of a drawing. */
function illustrationParts(tones: Tones, detail: Detail): Part[] {
  const paleInk = 1 - 0.85 * ramp(tones.blackPoint, 60, 180);
  const greyPaper = 1 - 0.85 * ramp(235 - tones.whitePoint, 20, 160);
  const blank = 1 - ramp(tones.clipped, 0.93, 0.995);
  return [
    { complaint: 'faded or badly exposed', value: paleInk * greyPaper * blank, weight: 0.16 },
    { complaint: 'noisy', value: 1 - ramp(detail.noise, 6, 30), weight: 0.07 },
  ];
}

/** A weighted geometric mean, pulled down further by the worst property: one fault spoils a picture. */
function grade(parts: readonly Part[]): Grade {
  let log = 0;
  let weights = 0;
  let worst: Part = parts[0]!;
  for (const part of parts) {
    log += part.weight * Math.log(Math.max(FLOOR, part.value));
    weights += part.weight;
    if (part.value < worst.value) worst = part;
  }
  const mean = Math.exp(log / weights);
  const score = 1 + 9 * (0.75 * mean + 0.25 * Math.sqrt(mean * Math.max(FLOOR, worst.value)));
  return {
    score: Math.round(10 * score) / 10,
    complaint: worst.value < WORTH_NAMING ? worst.complaint : undefined,
  };
}

function clamp(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** 0 at or below `from`, 1 at or above `to`. */
function ramp(value: number, from: number, to: number): number {
  return clamp((value - from) / (to - from));
}
