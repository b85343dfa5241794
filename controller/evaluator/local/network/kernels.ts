import compiled from '../assets/kernels.json' with { type: 'json' };

/** The compiled loops of `assets/kernels.wat`; pointers are byte offsets into the memory of the same instance. */
export interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  pointwise(
    input: number,
    weights: number,
    bias: number,
    output: number,
    pixels: number,
    inputs: number,
    outputs: number,
    low: number,
    high: number,
  ): void;
  depthwise(
    input: number,
    weights: number,
    bias: number,
    output: number,
    paddedWidth: number,
    channels: number,
    rows: number,
    columns: number,
    stride: number,
  ): void;
}

/** The little of the global WebAssembly object that is needed here; neither `es2024` nor Node's types declare it. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array): Promise<{ readonly instance: { readonly exports: unknown } }>;
};

/** A fresh instance with its own memory. */
export async function loadKernels(): Promise<Kernels> {
  const { instance } = await WebAssembly.instantiate(Buffer.from(compiled.wasm, 'base64'));
  return instance.exports as Kernels;
}

const PAGE_BYTES = 65_536;

/** Hands out floats of the kernels' memory. All is taken before anything runs, so that no view is lost to a later growth. */
export class Arena {
  readonly #kernels: Kernels;
  #end: number;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#end = kernels.memory.buffer.byteLength;
  }

  /** Returns the byte offset of `length` floats, 16-byte aligned and zero. */
  take(length: number): number {
    const start = Math.ceil(this.#end / 16) * 16;
    this.#end = start + length * 4;
    const missing = this.#end - this.#kernels.memory.buffer.byteLength;
    if (missing > 0) this.#kernels.memory.grow(Math.ceil(missing / PAGE_BYTES));
    return start;
  }

  /** Puts `values` into the memory for good and returns their byte offset. */
  place(values: Float32Array): number {
    const start = this.take(values.length);
    this.view(start, values.length).set(values);
    return start;
  }

  /** A view that holds until the next `take`. */
  view(start: number, length: number): Float32Array {
    return new Float32Array(this.#kernels.memory.buffer, start, length);
  }
}
