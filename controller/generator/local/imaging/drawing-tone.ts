import type { Canvas } from '../canvas.ts';
import { blur } from './blur.ts';
import { clamp01, createPlane, luminance, type Plane, stretchTones } from './plane.ts';

/** How bright a face is drawn, whatever light it was photographed in: mostly paper, with room for shadow. */
const FACE_BRIGHTNESS = 0.64;

/**
 * The tones an artist would draw: the face exposed alike in every light, and contrast evened out, so that a face in the dark and
 * one in full sun both keep their features.
 */
export function drawingTone(canvas: Canvas): Plane {
  const light = stretchTones(luminance(canvas.rgb, canvas.width, canvas.height));
  const gamma = Math.log(FACE_BRIGHTNESS) / Math.log(brightnessAround(light, canvas));
  const exposed = applyGamma(light, Math.min(1.7, Math.max(0.4, gamma)));
  return evenContrast(exposed, 34 * canvas.unit);
}

/** The mean brightness of an ellipse around the focus, away from pure black and white. */
function brightnessAround(light: Plane, canvas: Canvas): number {
  const radiusX = canvas.width * 0.16;
  const radiusY = canvas.height * 0.16;
  let sum = 0;
  let count = 0;
  for (
    let y = Math.max(0, Math.floor(canvas.focus.y - radiusY));
    y < Math.min(light.height, canvas.focus.y + radiusY);
    y += 2
  ) {
    for (
      let x = Math.max(0, Math.floor(canvas.focus.x - radiusX));
      x < Math.min(light.width, canvas.focus.x + radiusX);
      x += 2
    ) {
      const inside = ((x - canvas.focus.x) / radiusX) ** 2 + ((y - canvas.focus.y) / radiusY) ** 2 <= 1;
      if (!inside) continue;
      sum += light.data[y * light.width + x]!;
      count += 1;
    }
  }
  return Math.min(0.92, Math.max(0.08, count === 0 ? 0.5 : sum / count));
}

function applyGamma(plane: Plane, gamma: number): Plane {
  const curve = Float32Array.from({ length: 1025 }, (_, level) => (level / 1024) ** gamma);
  const result = createPlane(plane.width, plane.height);
  for (let i = 0; i < result.data.length; i++) result.data[i] = curve[(plane.data[i]! * 1024) | 0]!;
  return result;
}

/** Lifts contrast where there is little of it and spares it where there is much; pulls the large masses a little together. */
function evenContrast(plane: Plane, sigma: number): Plane {
  const mean = blur(plane, sigma);
  const squares = createPlane(plane.width, plane.height);
  for (let i = 0; i < squares.data.length; i++) squares.data[i] = (plane.data[i]! - mean.data[i]!) ** 2;
  const variance = blur(squares, sigma);
  const result = createPlane(plane.width, plane.height);
  for (let i = 0; i < result.data.length; i++) {
    const gain = Math.min(2.1, Math.max(0.85, 0.17 / (Math.sqrt(Math.max(0, variance.data[i]!)) + 0.045)));
    const mass = 0.53 + (mean.data[i]! - 0.53) * 0.88;
    result.data[i] = clamp01(mass + (plane.data[i]! - mean.data[i]!) * gain);
  }
  return result;
}
