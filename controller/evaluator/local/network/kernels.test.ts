import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import compiled from '../assets/kernels.json' with { type: 'json' };
import { Arena, loadKernels } from './kernels.ts';

/** Numbers without a pattern, the same every time. */
function numbers(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(seed + 12.9898 * i) * 2);
}

describe('the kernels', () => {
  it('are what their source says', async () => {
    const source = await readFile(new URL('../assets/kernels.wat', import.meta.url), 'utf8');
    const { parseWat } = await wabt();
    const { buffer } = parseWat('kernels.wat', source, { simd: true }).toBinary({});
    expect(compiled.wasm).toBe(Buffer.from(buffer).toString('base64'));
  });

  it.each([1, 3, 4, 9])('multiply and clamp %i pixels as arithmetic does', async (pixels) => {
    const [inputs, outputs, low, high] = [5, 16, -0.5, 6];
    const kernels = await loadKernels();
    const arena = new Arena(kernels);
    const input = numbers(pixels * inputs, 1);
    const weights = numbers(inputs * outputs, 2);
    const bias = numbers(outputs, 3);
    const at = [
      arena.place(input),
      arena.place(weights),
      arena.place(bias),
      arena.take(pixels * outputs),
    ] as const;
    kernels.pointwise(...at, pixels, inputs, outputs, low, high);
    const found = arena.view(at[3], pixels * outputs);
    for (let p = 0; p < pixels; p++) {
      for (let o = 0; o < outputs; o++) {
        let sum = bias[o]!;
        const block = Math.floor(o / 8) * 8 * inputs;
        for (let i = 0; i < inputs; i++) sum += input[p * inputs + i]! * weights[block + i * 8 + (o % 8)]!;
        expect(found[p * outputs + o]).toBeCloseTo(Math.min(high, Math.max(low, sum)), 4);
      }
    }
  });

  it.each([1, 2])('convolve each channel by itself with stride %i', async (stride) => {
    const [side, channels] = [4, 8];
    const padded = side * stride + (stride === 1 ? 2 : 1);
    const kernels = await loadKernels();
    const arena = new Arena(kernels);
    const input = numbers(padded * padded * channels, 4);
    const weights = numbers(9 * channels, 5);
    const bias = numbers(channels, 6);
    const at = [
      arena.place(input),
      arena.place(weights),
      arena.place(bias),
      arena.take(side * side * channels),
    ] as const;
    kernels.depthwise(...at, padded, channels, side, side, stride);
    const found = arena.view(at[3], side * side * channels);
    for (const [i, value] of found.entries()) {
      const c = i % channels;
      const [x, y] = [Math.floor(i / channels) % side, Math.floor(i / channels / side)];
      let sum = bias[c]!;
      for (let tap = 0; tap < 9; tap++) {
        const from = (y * stride + Math.floor(tap / 3)) * padded + x * stride + (tap % 3);
        sum += input[from * channels + c]! * weights[tap * channels + c]!;
      }
      expect(value).toBeCloseTo(Math.min(6, Math.max(0, sum)), 4);
    }
  });
});
