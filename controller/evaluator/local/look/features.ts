import type { Raster } from '../../../picture/raster.ts';
import { type MobileNet, VIEW_SIDE } from '../network/mobilenet.ts';
import { type Pixels, type Region, resample, wholeOf } from './resample.ts';
import { describeTexture } from './texture.ts';

/** Groups of numbers that describe one view, from what is depicted to how the surface looks. */
export interface ViewFeatures {
  /** The network's five class scores. */
  readonly scores: Float32Array;
  /** The network's 128 values before the scores. */
  readonly hidden: Float32Array;
  /** Channel statistics of nine layers: strokes, grain, shading. */
  readonly statistics: Float32Array;
  /** Flatness, edges, noise and palette, measured on the pixels. */
  readonly texture: Float32Array;
}

/** `full`: the whole picture. `detail`: its centre, closer, where brush, screen and grain show. */
export const VIEW_NAMES = ['full', 'detail'] as const;
export type ViewName = (typeof VIEW_NAMES)[number];
export type Views = Readonly<Record<ViewName, ViewFeatures>>;

/** Side of the detail view as a share of the picture's shorter side. */
const DETAIL_SHARE = 0.6;

/** Looks at both views of a picture. */
export function describeViews(network: MobileNet, raster: Raster): Views {
  return {
    full: describeView(network, raster, wholeOf(raster)),
    detail: describeView(network, raster, centreOf(raster)),
  };
}

function describeView(network: MobileNet, raster: Raster, region: Region): ViewFeatures {
  const pixels: Pixels = resample(raster, region, VIEW_SIDE, VIEW_SIDE);
  const { scores, hidden, statistics } = network.run(pixels.data);
  return { scores, hidden, statistics, texture: describeTexture(pixels) };
}

function centreOf({ width, height }: Raster): Region {
  const side = Math.max(1, Math.round(DETAIL_SHARE * Math.min(width, height)));
  return {
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
}
