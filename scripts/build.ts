import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/*
 * Compiles the program to JavaScript, as the published package holds it:
 *   node scripts/build.ts [FOLDER]     FOLDER instead of dist/
 */

const ROOT = resolve(import.meta.dirname, '..');
const WEIGHTS = ['model.min.js', 'group1-shard1of1.min.js'];

/** Writes the compiled program, its types, schemas and assets to `out`. What was there before is removed. */
export function build(out: string): void {
  rmSync(out, { recursive: true, force: true });
  compile(out);
  // Styles and scripts of the dashboard, which browsers get as they are.
  cpSync(join(ROOT, 'controller/server/ui/browser'), join(out, 'controller/server/ui/browser'), {
    recursive: true,
  });
  carryWeights(join(out, 'controller/evaluator/local/assets/mobilenet_v2'));
}

function compile(out: string): void {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  execFileSync(process.execPath, [compiler, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', out], {
    stdio: 'inherit',
  });
}

/** The local evaluator's network: two files out of a development dependency of 40 MB, with the licence that they come under. */
function carryWeights(folder: string): void {
  const source = dirname(createRequire(import.meta.url).resolve('nsfwjs/models/mobilenet_v2'));
  const root = resolve(source, '../../..');
  mkdirSync(folder, { recursive: true });
  for (const name of WEIGHTS) copyFileSync(join(root, 'dist/models/mobilenet_v2', name), join(folder, name));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}

if (import.meta.main) {
  build(resolve(process.argv[2] ?? join(ROOT, 'dist')));
}
