/** CIE L*a*b* (D65) of a picture, one plane per axis. */
export interface Lab {
  /** Lightness, 0..100. */
  readonly l: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

const LINEAR = Float32Array.from({ length: 256 }, (_, v) => {
  const s = v / 255;
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
});

/** Converts RGB values in 0..255. */
export function toLab(rgb: ArrayLike<number>): Lab {
  const length = rgb.length / 3;
  const lab = { l: new Float32Array(length), a: new Float32Array(length), b: new Float32Array(length) };
  for (let i = 0; i < length; i++) {
    const red = linear(rgb[3 * i]!);
    const green = linear(rgb[3 * i + 1]!);
    const blue = linear(rgb[3 * i + 2]!);
    const x = compress((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
    const y = compress(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    const z = compress((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
    lab.l[i] = 116 * y - 16;
    lab.a[i] = 500 * (x - y);
    lab.b[i] = 200 * (y - z);
  }
  return lab;
}

function linear(value: number): number {
  return LINEAR[Math.max(0, Math.min(255, Math.round(value)))]!;
}

function compress(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
}
