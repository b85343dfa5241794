import { CallsheetError } from '../diagnostics/errors.ts';

/** S3's bound, and far above what a file system takes in practice. */
const MAX_KEY_BYTES = 1024;

/**
 * Refuses a key that is not one in every store, or that tries to leave the store's root. Throws `invalid-input`.
 *
 * `.` and `..` are refused in buckets too: a bucket takes them literally, but URL parsers and proxies on the way resolve them, and
 * then the object that is read is not the one that was named.
 */
export function checkKey(key: string): void {
  const problem =
    key === '' ? 'is empty' : (problemOf(key) ?? (key.endsWith('/') ? 'ends with "/"' : undefined));
  if (problem !== undefined) throw refused('object key', key, problem);
}

/** As `checkKey`, for the start of keys: may be empty, may end with `/`. */
export function checkPrefix(prefix: string): void {
  const problem = problemOf(prefix);
  if (problem !== undefined) throw refused('key prefix', prefix, problem);
}

/** True for a key that `checkKey` lets through. */
export function isKey(key: string): boolean {
  return key !== '' && !key.endsWith('/') && problemOf(key) === undefined;
}

function problemOf(key: string): string | undefined {
  if (key.startsWith('/')) return 'starts with "/"';
  if (key.includes('\0')) return 'contains a NUL character';
  if (key.includes('\\')) return 'contains a backslash';
  if (!key.isWellFormed()) return 'is not well-formed Unicode';
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return `is longer than ${MAX_KEY_BYTES} bytes`;
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(key)) return 'contains a "." or ".." part';
  return undefined;
}

function refused(what: string, key: string, problem: string): CallsheetError {
  const shown = key.length > 200 ? `${key.slice(0, 200)}...` : key;
  return new CallsheetError('invalid-input', `The ${what} ${JSON.stringify(shown)} ${problem}.`, {
    hint: 'Write it relative to the root of the store, with "/" between its parts.',
  });
}
