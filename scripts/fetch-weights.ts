import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/*
 * Puts the local evaluator's network beside its sources, for a clone that has no development dependencies (the GitHub Action):
 *   node scripts/fetch-weights.ts
 * Takes the version of nsfwjs that the lock file names, and only if it has the digest that stands there.
 */

const ROOT = resolve(import.meta.dirname, '..');
const WEIGHTS = ['model.min.js', 'group1-shard1of1.min.js'];
const FOLDER = join(ROOT, 'controller/evaluator/local/assets/mobilenet_v2');

/** Copies the two files, and the licence that they come under, from an unpacked nsfwjs. */
export function copyWeights(nsfwjs: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of WEIGHTS)
    copyFileSync(join(nsfwjs, 'dist/models/mobilenet_v2', name), join(folder, name));
  copyFileSync(join(nsfwjs, 'LICENSE'), join(folder, 'LICENSE'));
}

function fetchWeights(): void {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const { version, integrity } = lock.packages['node_modules/nsfwjs'] as {
    version: string;
    integrity: string;
  };
  const temp = mkdtempSync(join(tmpdir(), 'callsheet-weights-'));
  try {
    const options = { cwd: temp, encoding: 'utf8', shell: process.platform === 'win32' } as const;
    const archive = execFileSync('npm', ['pack', '--silent', `nsfwjs@${version}`], options).trim();
    const digest = createHash('sha512')
      .update(readFileSync(join(temp, archive)))
      .digest('base64');
    if (integrity !== `sha512-${digest}`)
      throw new Error(`nsfwjs ${version} is not the one that package-lock.json names`);
    execFileSync('tar', ['-xzf', archive], options);
    copyWeights(join(temp, 'package'), FOLDER);
  } finally {
    rmSync(temp, { recursive: true });
  }
}

if (import.meta.main && !existsSync(join(FOLDER, WEIGHTS[0]!))) fetchWeights();
