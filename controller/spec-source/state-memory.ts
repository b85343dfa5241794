import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './git-cache.ts';
import type { GitEnvironment } from './git-command.ts';

/** Where a library keeps its state, as its specs said when they could last be read on this machine. */
export interface RememberedState {
  /** `file:`, `s3:` or `postgres:`. */
  readonly url: string;
  /** What a relative `file:` URL starts at. Absolute. */
  readonly root: string;
}

/**
 * Keeps it in the cache folder, for a start while the specs cannot say it. Never rejects: without it, that start waits for the specs.
 *
 * @param key what the library goes by on this machine.
 */
export async function rememberState(
  key: string,
  { url, root }: RememberedState,
  env: GitEnvironment,
): Promise<void> {
  const place = placeOf(key, env);
  const fresh = `${place}.${process.pid}`;
  try {
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    await writeFile(fresh, JSON.stringify({ formatVersion: '1.0', key, url, root }), { mode: 0o600 });
    await rename(fresh, place);
  } catch {
    await rm(fresh, { force: true }).catch(() => undefined);
  }
}

/** Undefined when nothing is remembered. */
export async function rememberedState(
  key: string,
  env: GitEnvironment,
): Promise<RememberedState | undefined> {
  try {
    const kept: unknown = JSON.parse(await readFile(placeOf(key, env), 'utf8'));
    const { url, root } = kept as Partial<RememberedState>;
    return typeof url === 'string' && typeof root === 'string' ? { url, root } : undefined;
  } catch {
    return undefined;
  }
}

function placeOf(key: string, env: GitEnvironment): string {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 24);
  return path.join(cacheFolder(env), 'state', `${name}.json`);
}
