import { CallsheetError } from '../../diagnostics/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How the connection is protected. `verify`: TLS, and the server must show a certificate for its name from an authority we trust. */
export type TlsMode = 'off' | 'unverified' | 'verify';

/** A database as its URL names it. Paths are of files in PEM form. */
export interface PostgresTarget {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Absent: as PGUSER, or the name of the operating system's user. */
  readonly user?: string;
  /** Absent: as PGPASSWORD or the password file says. */
  readonly password?: string;
  readonly tls: TlsMode;
  readonly authorities?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** The schema (namespace) in the database that all tables are in: one for each library. */
  readonly schema: string;
  /** Connections that one process opens at most. */
  readonly connections: number;
  readonly applicationName: string;
  /** For people: host, port, database, and schema unless it is the usual one; without user and password. */
  readonly display: string;
}

const DEFAULT_SCHEMA = 'callsheet';
const DEFAULT_CONNECTIONS = 10;
const TLS: Readonly<Record<string, TlsMode>> = {
  disable: 'off',
  'no-verify': 'unverified',
  require: 'verify',
  'verify-full': 'verify',
};
const PARAMETERS = [
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'host',
  'schema',
  'connections',
  'application_name',
];

/**
 * What a `postgres:` URL says. `postgres://` alone stands for DATABASE_URL; and where DATABASE_URL names the same host and database, the
 * user, password and parameters that are not in `url` are taken from it, so that a spec in git holds no secret.
 *
 * @throws CallsheetError `invalid-input`, never with a part of the URL that may be secret.
 */
export function parsePostgresUrl(url: string, env: Environment = {}): PostgresTarget {
  const fromEnv = env.DATABASE_URL === undefined || env.DATABASE_URL === '' ? undefined : env.DATABASE_URL;
  if (/^postgres(ql)?:(\/\/)?$/i.test(url)) {
    if (fromEnv !== undefined) return targetOf(split(fromEnv, 'DATABASE_URL'), env);
    throw invalid('The state is to be in the database that DATABASE_URL names, and that is not set', SHAPE);
  }
  const named = split(url, 'The URL of the state');
  if (fromEnv === undefined || named.password !== '') return targetOf(named, env);
  const other = split(fromEnv, 'DATABASE_URL');
  if (addressOf(other, env) !== addressOf(named, env)) return targetOf(named, env);
  for (const [name, value] of other.searchParams)
    if (!named.searchParams.has(name)) named.searchParams.set(name, value);
  if (named.username === '' || named.username === other.username) {
    named.username = other.username;
    named.password = other.password;
  }
  return targetOf(named, env);
}

const SHAPE =
  'Write it as postgres://user:password@host:5432/database?sslmode=verify-full; special characters as %XX.';

function split(text: string, what: string): URL {
  // The error of URL.parse's sibling, the constructor, repeats its input.
  const url = URL.parse(text);
  if (url !== null && /^postgres(ql)?:$/.test(url.protocol)) return url;
  throw invalid(`${what} is not a postgres: URL`, SHAPE);
}

function targetOf(url: URL, env: Environment): PostgresTarget {
  for (const name of url.searchParams.keys()) {
    if (!PARAMETERS.includes(name)) {
      throw invalid(
        `The URL of the database has a parameter "${name}"`,
        `Those that mean something here: ${PARAMETERS.join(', ')}.`,
      );
    }
  }
  const { host, port, database } = placeOf(url, env);
  const schema = url.searchParams.get('schema') ?? DEFAULT_SCHEMA;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw invalid(
      'The schema in the URL of the database is not a name',
      'Use lower-case letters, digits and _, 63 at most.',
    );
  }
  const suffix = schema === DEFAULT_SCHEMA ? '' : `/${schema}`;
  return {
    ...{ host, port, database, schema, tls: tlsOf(url, env), connections: connectionsOf(url) },
    ...optional('user', decoded(url.username)),
    ...optional('password', decoded(url.password)),
    ...optional('authorities', url.searchParams.get('sslrootcert') ?? ''),
    ...optional('certificate', url.searchParams.get('sslcert') ?? ''),
    ...optional('key', url.searchParams.get('sslkey') ?? ''),
    applicationName: url.searchParams.get('application_name') ?? 'callsheet',
    display: `postgres://${host.startsWith('/') ? encodeURIComponent(host) : host}:${port}/${database}${suffix}`,
  };
}

function placeOf(url: URL, env: Environment): { host: string; port: number; database: string } {
  const named = decoded(url.hostname).replace(/^\[(.*)\]$/, '$1');
  const host = url.searchParams.get('host') || named || env.PGHOST || 'localhost';
  const port = Number(url.port || env.PGPORT || 5432);
  const database = decoded(url.pathname.slice(1)) || env.PGDATABASE || '';
  if (database === '' || database.includes('/')) throw invalid('The URL names no database', SHAPE);
  return { host, port, database };
}

function addressOf(url: URL, env: Environment): string {
  const { host, port, database } = placeOf(url, env);
  return `${host.toLowerCase()}:${port}/${database}`;
}

function tlsOf(url: URL, env: Environment): TlsMode {
  const mode =
    url.searchParams.get('sslmode') ??
    env.PGSSLMODE ??
    (url.searchParams.has('sslrootcert') ? 'verify-full' : 'disable');
  const tls = Object.hasOwn(TLS, mode) ? TLS[mode] : undefined;
  if (tls !== undefined) return tls;
  throw invalid(
    'The sslmode of the database is not one that can be relied on',
    `Use one of: ${Object.keys(TLS).join(', ')}. "require" checks the certificate, as "verify-full" does.`,
  );
}

function connectionsOf(url: URL): number {
  const text = url.searchParams.get('connections') ?? String(DEFAULT_CONNECTIONS);
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw invalid('"connections" in the URL of the database is not a number from 1 to 1000', SHAPE);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(
      'The URL of the database has a % that is not followed by two hexadecimal digits',
      'Write a % as %25.',
    );
  }
}

function optional<Name extends string>(name: Name, value: string): { [name in Name]?: string } {
  return (value === '' ? {} : { [name]: value }) as { [name in Name]?: string };
}

function invalid(problem: string, hint: string): CallsheetError {
  return new CallsheetError('invalid-input', `${problem}.`, { hint });
}
