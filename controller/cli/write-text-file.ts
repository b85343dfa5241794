import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CallsheetError } from '../diagnostics/errors.ts';

/** Writes a file that the user named. @throws CallsheetError `read-only`, `storage-full` or `unavailable`. */
export async function writeTextFile(cwd: string, file: string, text: string): Promise<string> {
  const path = resolve(cwd, file);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return path;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const kind = ['ENOSPC', 'EDQUOT'].includes(code)
      ? 'storage-full'
      : ['EACCES', 'EPERM', 'EROFS'].includes(code)
        ? 'read-only'
        : 'unavailable';
    throw new CallsheetError(kind, `cannot write ${path}: ${message}`, { cause: error });
  }
}
