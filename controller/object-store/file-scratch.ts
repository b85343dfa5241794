import { mkdirSync } from 'node:fs';
import { mkdir, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { claimName, removeDead } from './file-claim.ts';
import { systemCodeOf } from './file-errors.ts';

/** Has the form of a claim folder, so that no listing shows it. */
const FOLDER = '.callsheet-0000000000000000';

/**
 * Writes files whole but not durably, and without asking whether anybody else does: for what can be made again. A tenth of the disk's work
 * of a durable write.
 */
export class FileScratch {
  readonly #folder: string;
  #isReady = false;

  /** @param root absolute path of the store's folder. */
  constructor(root: string) {
    this.#folder = join(root, FOLDER);
  }

  /** Rejects as the system does. */
  async write(path: string, bytes: Uint8Array): Promise<void> {
    if (!this.#isReady) this.#prepare();
    try {
      await this.#writeBeside(path, bytes);
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') throw error;
      // Somebody has removed the folder, with the whole store perhaps: a process that runs for months must not depend on its staying.
      this.#prepare();
      await this.#writeBeside(path, bytes);
    }
  }

  async #writeBeside(path: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(this.#folder, claimName());
    try {
      await writeFile(temporary, bytes, { flag: 'wx' });
      await moveTo(path, temporary);
    } catch (error) {
      await unlink(temporary).catch(() => {});
      throw error;
    }
  }

  #prepare(): void {
    mkdirSync(this.#folder, { recursive: true });
    removeDead(this.#folder);
    this.#isReady = true;
  }
}

async function moveTo(path: string, temporary: string): Promise<void> {
  try {
    await rename(temporary, path);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    await rename(temporary, path);
  }
}
