import { CallsheetError, type ErrorCode } from '../diagnostics/errors.ts';

interface Explanation {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly hint?: string;
}

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ENOENT: { code: 'not-found', problem: 'there is no such file' },
  EACCES: {
    code: 'auth',
    problem: 'permission denied',
    hint: 'Give the user that runs Callsheet the right to read and write there.',
  },
  EPERM: {
    code: 'auth',
    problem: 'operation not permitted',
    hint: 'Give the user that runs Callsheet the right to read and write there.',
  },
  EROFS: {
    code: 'read-only',
    problem: 'the file system is read-only',
    hint: 'Mount it writable, or name another place in the Library spec.',
  },
  ENOSPC: {
    code: 'storage-full',
    problem: 'the disk is full',
    hint: 'Free space there; nothing was half-written, and the next try does the rest.',
  },
  EDQUOT: {
    code: 'storage-full',
    problem: 'the disk quota is used up',
    hint: 'Free space there or raise the quota; nothing was half-written, and the next try does the rest.',
  },
  EFBIG: { code: 'too-large', problem: 'the file system takes no file of this size' },
  ENAMETOOLONG: { code: 'invalid-input', problem: 'the name is too long for the file system' },
  EILSEQ: { code: 'invalid-input', problem: 'the file system does not take this name' },
  EISDIR: { code: 'invalid-input', problem: 'it is a folder, and an object was expected' },
  ENOTDIR: { code: 'invalid-input', problem: 'a part of the path is a file, and a folder was expected' },
  EEXIST: { code: 'invalid-input', problem: 'a part of the path is a file, and a folder was expected' },
  ELOOP: {
    code: 'unsupported',
    problem: 'it is a symbolic link, and Callsheet follows none',
    hint: 'Put the file or folder itself there.',
  },
  EMFILE: {
    code: 'unavailable',
    problem: 'too many open files',
    hint: 'Raise the limit of open files (ulimit -n).',
  },
  ENFILE: { code: 'unavailable', problem: 'the system has too many open files' },
};

/** The system's code (`ENOENT`) of an error thrown by node:fs. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** `doing` completes "Cannot ...": "read", "write", "list". */
export function fileError(error: unknown, doing: string, path: string): CallsheetError {
  if (error instanceof CallsheetError) return error;
  const system = systemCodeOf(error);
  const explanation = system === undefined ? undefined : EXPLANATIONS[system];
  if (explanation === undefined) {
    // What is left are faults of the device below (EIO, ESTALE, ETIMEDOUT): nothing is known about the effect.
    return new CallsheetError('unavailable', `Cannot ${doing} ${path}: ${system ?? String(error)}.`, {
      cause: error,
    });
  }
  return new CallsheetError(explanation.code, `Cannot ${doing} ${path}: ${explanation.problem}.`, {
    ...(explanation.hint === undefined ? {} : { hint: explanation.hint }),
    cause: error,
  });
}

export function symbolicLink(path: string, doing: string): CallsheetError {
  return new CallsheetError(
    'unsupported',
    `Cannot ${doing} ${path}: it is a symbolic link, and Callsheet follows none.`,
    {
      hint: 'Put the file or folder itself there, bind-mount it, or name the real place in the Library spec.',
    },
  );
}
