import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** Version of this program, as its package says; the same from sources and compiled. */
export function programVersion(): string {
  const path = findPackageJSON('..', import.meta.url);
  if (path === undefined) return 'unknown';
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
