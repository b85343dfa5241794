import path from 'node:path';

/**
 * The folder that relative `file:` URLs start at: the one that holds the nearest folder called `specs` on the way up from the specs
 * (itself included), so that `--specs specs` and `--specs specs/leads` mean the same library; else the specs folder itself.
 */
export function libraryRoot(directory: string): string {
  const absolute = path.resolve(directory);
  for (let folder = absolute; ; folder = path.dirname(folder)) {
    if (path.basename(folder) === 'specs') return path.dirname(folder);
    if (folder === path.dirname(folder)) return absolute;
  }
}
