import { accessSync, constants } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new temporary folder, in memory where the system offers that: for tests that write a lot and ask nothing of a real disk. */
export async function quickFolder(prefix: string): Promise<string> {
  return await mkdtemp(join(isWritable('/dev/shm') ? '/dev/shm' : tmpdir(), prefix));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
