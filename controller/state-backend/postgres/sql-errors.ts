import { DatabaseError } from 'pg';
import { CallsheetError, type ErrorCode } from '../../diagnostics/errors.ts';

interface Explanation {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly hint?: string;
}

const CREDENTIALS_HINT = 'Check user and password in DATABASE_URL (or PGPASSWORD, or ~/.pgpass).';
const MIGRATE_HINT = 'Run "callsheet state migrate".';

/** SQLSTATEs, or their first two characters for a class of them. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_STATE: Readonly<Record<string, Explanation>> = {
  '08': { code: 'unavailable', problem: 'the connection broke' },
  '0A': { code: 'unsupported', problem: 'the database cannot do this' },
  '22P05': {
    code: 'unsupported',
    problem: 'the database is not in UTF-8',
    hint: 'Create it with ENCODING UTF8.',
  },
  '25006': { code: 'unavailable', problem: 'the server is read-only, as a standby is' },
  '28': {
    code: 'auth',
    problem: 'the server does not let us in',
    hint: `${CREDENTIALS_HINT} Where the server insists on TLS, add ?sslmode=verify-full to the URL.`,
  },
  '28P01': { code: 'auth', problem: 'the password is refused', hint: CREDENTIALS_HINT },
  '3D000': {
    code: 'invalid-input',
    problem: 'there is no such database',
    hint: 'Create it (CREATE DATABASE ... ENCODING UTF8), or correct its name.',
  },
  '3F000': { code: 'unsupported', problem: 'the schema is not there', hint: MIGRATE_HINT },
  '40': { code: 'unavailable', problem: 'transactions were in each other’s way' },
  '42501': {
    code: 'auth',
    problem: 'the user may not do this',
    hint: 'Give it CREATE on the database once, or USAGE on the schema and all rights on its tables.',
  },
  '42P01': { code: 'unsupported', problem: 'a table is not there', hint: MIGRATE_HINT },
  '42703': { code: 'unsupported', problem: 'a column is not there', hint: MIGRATE_HINT },
  '53': { code: 'unavailable', problem: 'the server is short of something' },
  '53100': { code: 'storage-full', problem: 'the disk of the server is full' },
  '54': { code: 'too-large', problem: 'it is too large for the database' },
  '55': { code: 'unavailable', problem: 'another holds a lock' },
  '57': { code: 'unavailable', problem: 'the server was told to stop, or took too long' },
  '58': { code: 'unavailable', problem: 'the server has trouble with its system' },
};

const NO_SERVER: Explanation = {
  code: 'unavailable',
  problem: 'the server does not answer',
  hint: 'Check that it runs, can be reached from here, and speaks TLS if the URL asks for it.',
};

const BROKEN: Explanation = { code: 'internal', problem: 'the server does not accept the statement' };

/** Codes of the system and of TLS under which trying again brings nothing. */
const BY_CODE: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: {
    code: 'unavailable',
    problem: 'there is no such host',
    hint: 'Check the name in DATABASE_URL, and the network.',
  },
  ENOENT: {
    code: 'unavailable',
    problem: 'there is no such socket',
    hint: 'Check the folder given as host.',
  },
};

/**
 * Whatever `pg` has thrown, with a code. `doing` completes "Cannot ...". The server's own message is left out but for errors of ours: it
 * may repeat values.
 */
export function sqlError(error: unknown, doing: string, place: string): CallsheetError {
  if (error instanceof CallsheetError) return error;
  const { explanation, source } = explain(error);
  return new CallsheetError(
    explanation.code,
    `Cannot ${doing} ${place}: ${explanation.problem} (${source}).`,
    {
      ...(explanation.hint === undefined ? {} : { hint: explanation.hint }),
      cause: error,
    },
  );
}

function explain(error: unknown): { explanation: Explanation; source: string } {
  if (error instanceof DatabaseError) {
    const state = error.code ?? '';
    return {
      explanation: BY_STATE[state] ?? BY_STATE[state.slice(0, 2)] ?? BROKEN,
      source: `SQLSTATE ${state}`,
    };
  }
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && isTlsProblem(code)) {
    const hint =
      'Name the authority with sslrootcert=FILE in the URL, or correct the certificate of the server.';
    return {
      explanation: { code: 'auth', problem: 'the certificate of the server is not trusted', hint },
      source: code,
    };
  }
  return { explanation: BY_CODE[code ?? ''] ?? NO_SERVER, source: code ?? 'connection lost' };
}

function isTlsProblem(code: string): boolean {
  return (
    code.startsWith('ERR_TLS_') || /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH)/.test(code)
  );
}
