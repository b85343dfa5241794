import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { CallsheetError } from '../../../diagnostics/errors.ts';

/** One named array of the network, dequantised. */
interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Weights = ReadonlyMap<string, Tensor>;

/**
 * The two files of the npm package nsfwjs 4.3.0 that hold its MobileNetV2. They are JavaScript, but are read as text only: the numbers
 * are picked out and nothing is ever evaluated. The hashes pin what the head of this evaluator was trained on.
 */
const FILES = {
  manifest: {
    name: 'model.min.js',
    sha256: 'c32f104fd562b08cdff5ed69dfe1209643afa47e792fb12751d2949aa61a397a',
  },
  numbers: {
    name: 'group1-shard1of1.min.js',
    sha256: 'ef2e0a63f7d2c4960b37b024b669313f65d3c45cd59e9042636c55b39de53517',
  },
} as const;

const TENSOR_COUNT = 266;
const TENSOR =
  /\{name:"([\w./]+)",shape:\[([\d,]+)\],dtype:"float32",quantization:\{min:([-\d.e]+),scale:([-\d.e]+),dtype:"uint8"\}\}/g;
const BASE64 = /"([A-Za-z0-9+/]{1000,}={0,2})"/;

/** Where the published package carries the two files itself; a clone has them in node_modules instead. */
const CARRIED = new URL('../assets/mobilenet_v2/', import.meta.url);

/** The folder that holds nsfwjs' MobileNetV2. */
export function weightsFolder(): URL {
  if (existsSync(CARRIED)) return CARRIED;
  try {
    return new URL('../../models/mobilenet_v2/', import.meta.resolve('nsfwjs/models/mobilenet_v2'));
  } catch (cause) {
    throw new CallsheetError(
      'unsupported',
      'The local evaluator needs the npm package nsfwjs, which is not installed.',
      {
        hint: 'Run `npm ci` (or `npm install nsfwjs@4.3.0`), or choose another evaluator in the Library spec.',
        cause,
      },
    );
  }
}

/**
 * Reads and dequantises the network's weights.
 * Throws `unsupported` when the files are missing and `corrupt` when they are not, byte for byte, the ones this evaluator was trained on.
 */
export async function loadWeights(folder: URL = weightsFolder()): Promise<Weights> {
  const manifest = await readPinned(folder, FILES.manifest);
  const numbers = await readPinned(folder, FILES.numbers);
  const bytes = Buffer.from(BASE64.exec(numbers)?.[1] ?? '', 'base64');
  const weights = new Map<string, Tensor>();
  let offset = 0;
  for (const [, name, shapeText, min, scale] of manifest.matchAll(TENSOR)) {
    const shape = shapeText!.split(',').map(Number);
    const length = shape.reduce((product, side) => product * side, 1);
    const data = dequantise(bytes.subarray(offset, offset + length), Number(scale), Number(min));
    weights.set(name!, { shape, data });
    offset += length;
  }
  if (weights.size !== TENSOR_COUNT || offset !== bytes.length) {
    throw new CallsheetError('corrupt', `The weights in ${folder.pathname} do not have the expected form.`);
  }
  return weights;
}

function dequantise(bytes: Uint8Array, scale: number, min: number): Float32Array {
  const data = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) data[i] = bytes[i]! * scale + min;
  return data;
}

async function readPinned(
  folder: URL,
  file: { readonly name: string; readonly sha256: string },
): Promise<string> {
  const url = new URL(file.name, folder);
  let bytes: Buffer;
  try {
    bytes = await readFile(url);
  } catch (cause) {
    throw new CallsheetError(
      'unsupported',
      `The local evaluator cannot read its weights (${url.pathname}).`,
      {
        hint: 'Install the dependencies again with `npm ci`.',
        cause,
      },
    );
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== file.sha256) {
    throw new CallsheetError(
      'corrupt',
      `${url.pathname} is not the file the local evaluator was trained on (SHA-256 ${found.slice(0, 12)}…, expected ${file.sha256.slice(0, 12)}…).`,
      {
        hint: 'Install nsfwjs 4.3.0 exactly (`npm ci`); another version needs the head to be trained again.',
      },
    );
  }
  return bytes.toString('latin1');
}
