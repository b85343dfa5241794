import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { problem } from '../spec/problems.ts';
import { ioReason } from './io-reason.ts';

const MAX_FILES = 10_000;
/** Entries looked at, whatever they are: stops a walk that was pointed at a whole disk. */
const MAX_ENTRIES = 200_000;

export interface FoundFiles {
  /** Paths relative to the folder, with `/`, sorted. */
  readonly names: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the YAML files below a folder. Skips names that begin with a dot and `node_modules`; follows links that stay inside the
 * folder, each folder once, so that loops end; anything but regular files (a pipe would never end) is a problem.
 */
export async function findSpecFiles(directory: string, signal?: AbortSignal): Promise<FoundFiles> {
  const walk = new SpecWalk(await realpath(directory), signal);
  await walk.folder(directory, '');
  return { names: walk.names.sort(), diagnostics: walk.diagnostics };
}

class SpecWalk {
  readonly names: string[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #top: string;
  readonly #signal: AbortSignal | undefined;
  readonly #visited = new Set<string>();
  #entries = 0;
  #full = false;

  constructor(top: string, signal: AbortSignal | undefined) {
    this.#top = top;
    this.#signal = signal;
  }

  async folder(absolute: string, name: string): Promise<void> {
    this.#signal?.throwIfAborted();
    const real = await realpath(absolute);
    if (this.#visited.has(real)) return;
    this.#visited.add(real);
    const entries = await this.#read(absolute, name);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (this.#isFull()) return;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      await this.#entry(
        entry,
        path.join(absolute, entry.name),
        name === '' ? entry.name : `${name}/${entry.name}`,
      );
    }
  }

  async #read(absolute: string, name: string): Promise<Dirent[]> {
    try {
      return await readdir(absolute, { withFileTypes: true });
    } catch (error) {
      this.diagnostics.push(
        problem(
          'unreadable-file',
          `The folder ${name === '' ? absolute : name} cannot be read: ${ioReason(error)}.`,
        ),
      );
      return [];
    }
  }

  async #entry(entry: Dirent, absolute: string, name: string): Promise<void> {
    this.#entries += 1;
    if (entry.isDirectory()) return this.folder(absolute, name);
    const isYaml = /\.ya?ml$/i.test(entry.name);
    if (entry.isFile() && isYaml) this.names.push(name);
    else if (entry.isSymbolicLink()) await this.#link(absolute, name, isYaml);
    else if (isYaml) this.#refuse(name, 'is neither a file nor a folder');
  }

  async #link(absolute: string, name: string, isYaml: boolean): Promise<void> {
    const target = await this.#follow(absolute);
    if (typeof target === 'string') {
      if (isYaml) this.#refuse(name, target);
      return;
    }
    if (target.isFolder) return this.folder(absolute, name);
    if (!isYaml) return;
    if (target.isFile) this.names.push(name);
    else this.#refuse(name, 'is a link to what is neither a file nor a folder');
  }

  /** What a link leads to, or why it is not followed. A link out of the folder could show any file of this machine in a report. */
  async #follow(absolute: string): Promise<{ isFile: boolean; isFolder: boolean } | string> {
    try {
      const real = await realpath(absolute);
      if (real !== this.#top && !real.startsWith(this.#top + path.sep))
        return 'is a link that leads out of the specs folder';
      const found = await stat(real);
      return { isFile: found.isFile(), isFolder: found.isDirectory() };
    } catch (error) {
      return `is a link that leads nowhere: ${ioReason(error)}`;
    }
  }

  #refuse(name: string, why: string): void {
    this.diagnostics.push(
      problem('unreadable-file', `${name} ${why}. Put the file itself there, or remove it.`),
    );
  }

  #isFull(): boolean {
    if (!this.#full && (this.names.length > MAX_FILES || this.#entries > MAX_ENTRIES)) {
      this.#full = true;
      const what =
        this.names.length > MAX_FILES ? `${MAX_FILES} YAML files` : `${MAX_ENTRIES} files and folders`;
      this.diagnostics.push(
        problem(
          'too-many-files',
          `There are more than ${what} below ${this.#top}. Is this the folder with the specs?`,
        ),
      );
    }
    return this.#full;
  }
}
