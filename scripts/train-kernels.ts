/**
 * Compiles the local evaluator's inner loops: `node scripts/train-kernels.ts` writes assets/kernels.json from assets/kernels.wat.
 * JSON, so that the compiler copies it along with the code that imports it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import wabt from 'wabt';

const ASSETS = new URL('../controller/evaluator/local/assets/', import.meta.url);

const source = await readFile(new URL('kernels.wat', ASSETS), 'utf8');
const { parseWat } = await wabt();
const compiled = parseWat('kernels.wat', source, { simd: true, multi_value: false });
compiled.validate();
const wasm = Buffer.from(compiled.toBinary({}).buffer).toString('base64');
await writeFile(new URL('kernels.json', ASSETS), `${JSON.stringify({ wasm })}\n`);
