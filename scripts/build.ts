import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { copyWeights } from './fetch-weights.ts';

/*
 * Compiles the program to JavaScript, as the published package holds it:
 *   node scripts/build.ts [FOLDER]     FOLDER instead of dist/
 */

const ROOT = resolve(import.meta.dirname, '..');

/** Writes the compiled program, its types, schemas and assets to `out`. What was there before is removed. */
export function build(out: string): void {
  rmSync(out, { recursive: true, force: true });
  compile(out);
  carryAssets(join(out, 'controller'));
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

/** What stands beside the sources and is read at run time: pages' styles and scripts, icons, tables. */
function carryAssets(folder: string): void {
  const source = join(ROOT, 'controller');
  cpSync(source, folder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
}

/** The local evaluator's network: two files out of a development dependency of 40 MB, with the licence that they come under. */
function carryWeights(folder: string): void {
  const module = dirname(createRequire(import.meta.url).resolve('nsfwjs/models/mobilenet_v2'));
  copyWeights(resolve(module, '../../..'), folder);
}

if (import.meta.main) {
  build(resolve(process.argv[2] ?? join(ROOT, 'dist')));
}
