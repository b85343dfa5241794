import { blur } from './blur.ts';
import { type Flow, smearAlong } from './flow.ts';
import { createPlane, type Plane, smoothstep } from './plane.ts';

export interface LineSettings {
  /** Width of the pen in pixels. */
  readonly width: number;
  /** 0 to 1: how faint an edge still gets a line. */
  readonly detail: number;
  /** Pixels along which a line is joined up, each way. */
  readonly reach: number;
}

/**
 * Contours as a pen draws them: a difference of Gaussians joined along the flow of the edges. 1 where the pen was, 0 where not.
 */
export function penLines(tone: Plane, flow: Flow, settings: LineSettings): Plane {
  const near = blur(tone, settings.width * 0.7);
  const far = blur(tone, settings.width * 1.9);
  const edge = createPlane(tone.width, tone.height);
  for (let i = 0; i < edge.data.length; i++) edge.data[i] = far.data[i]! - near.data[i]!;
  const threshold = 0.03 - 0.026 * settings.detail;
  const joined = smearAlong(edge, flow, settings.reach, threshold * 0.6);
  for (let i = 0; i < joined.data.length; i++) {
    joined.data[i] = smoothstep(threshold, threshold * 1.9 + 0.004, joined.data[i]!);
  }
  return joined;
}
