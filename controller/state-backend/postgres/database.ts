import { readFile } from 'node:fs/promises';
import { Pool, type PoolClient, type PoolConfig, type QueryResult } from 'pg';
import { CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { PostgresTarget } from './connection-url.ts';
import { sqlError } from './sql-errors.ts';

/** Milliseconds. */
export interface DatabaseTimeouts {
  readonly connectionMs: number;
  /** On the server, for one statement. */
  readonly statementMs: number;
  /** Of those, for a lock. */
  readonly lockMs: number;
  /** Until an answer: longer than `statementMs`, for a server that says nothing any more. */
  readonly answerMs: number;
  /** Pauses between attempts grow to this. */
  readonly pauseMs: number;
  /** After this long no further attempt begins: a restart, or a standby that takes over, is done by then. */
  readonly patienceMs: number;
}

const TIMEOUTS: DatabaseTimeouts = {
  connectionMs: 10_000,
  statementMs: 30_000,
  lockMs: 10_000,
  answerMs: 35_000,
  pauseMs: 2_000,
  patienceMs: 45_000,
};

export interface DatabaseOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly timeouts?: Partial<DatabaseTimeouts>;
}

type Values = readonly (string | number | Uint8Array | null)[];

/** For the first word with a server, where a wrong address is as likely as a bad moment. */
const BRIEF_MS = 1_500;

/** A pool of connections that are replaced when they break. Every error that comes out of it is a CallsheetError. */
export class Database {
  readonly target: PostgresTarget;
  readonly #pool: Pool;
  readonly #options: DatabaseOptions;
  readonly #timeouts: DatabaseTimeouts;

  private constructor(
    target: PostgresTarget,
    pool: Pool,
    options: DatabaseOptions,
    timeouts: DatabaseTimeouts,
  ) {
    this.target = target;
    this.#pool = pool;
    this.#options = options;
    this.#timeouts = timeouts;
  }

  /** Connects with the first query, not here. @throws CallsheetError `invalid-input` for a certificate file that cannot be read. */
  static async open(target: PostgresTarget, options: DatabaseOptions): Promise<Database> {
    const timeouts = { ...TIMEOUTS, ...options.timeouts };
    const pool = new Pool(await configOf(target, timeouts));
    // An idle connection that breaks is replaced when one is next needed.
    pool.on('error', () => undefined);
    return new Database(target, pool, options, timeouts);
  }

  /** One statement, once. `doing` completes "Cannot ...". After an abort or `unavailable` nobody knows whether it had its effect. */
  async query<Row extends object>(
    doing: string,
    text: string,
    values: Values = [],
    signal?: AbortSignal,
  ): Promise<Row[]> {
    return await this.#guard(doing, signal, async () => {
      const result = await this.#pool.query<Row>({ text, values: [...values] });
      return result.rows;
    });
  }

  /** Statements of a library that brings its own, with values of whatever type the driver takes; the rows of all of them. Once. */
  async execute(doing: string, text: string, values: readonly unknown[] = []): Promise<object[]> {
    return await this.#guard(doing, undefined, async () => {
      const results: QueryResult | QueryResult[] = await this.#pool.query({ text, values: [...values] });
      return [results].flat().flatMap(({ rows }) => rows);
    });
  }

  /** A statement that only looks: again until it works or patience ends. */
  async look<Row extends object>(
    doing: string,
    text: string,
    values: Values = [],
    signal?: AbortSignal,
  ): Promise<Row[]> {
    return await this.retry(() => this.query<Row>(doing, text, values, signal), signal);
  }

  /** Calls again after `unavailable`, as long as patience lasts. `brief` where nothing has shown yet that there is a server. */
  async retry<T>(call: (attempt: number) => Promise<T>, signal?: AbortSignal, brief = false): Promise<T> {
    const { clock, random } = this.#options;
    const { patienceMs, pauseMs } = this.#timeouts;
    const untilMs = clock.now() + (brief ? Math.min(BRIEF_MS, patienceMs) : patienceMs);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call(attempt);
      } catch (error) {
        if (!isCallsheetError(error, 'unavailable') || clock.now() >= untilMs) throw error;
      }
      await clock.sleep(random() * Math.min(pauseMs, 100 * 2 ** (attempt - 1)), signal);
    }
  }

  /** All statements of `work`, or none. */
  async transaction<T>(
    doing: string,
    work: (query: (text: string, values?: Values) => Promise<Record<string, unknown>[]>) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return await this.#guard(doing, signal, async () => {
      const client = await this.#pool.connect();
      // Without a listener, a connection that breaks between two statements would end the process.
      client.on('error', () => undefined);
      let failure: Error | undefined;
      try {
        return await inTransaction(client, work);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        throw error;
      } finally {
        client.release(failure);
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #guard<T>(doing: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    if (this.#pool.ending)
      throw new CallsheetError('internal', `The connection to ${this.target.display} has been closed.`);
    const running = work().catch((error: unknown) => {
      throw sqlError(error, doing, this.target.display);
    });
    return await (signal === undefined ? running : orAborted(running, signal));
  }
}

async function inTransaction<T>(
  client: PoolClient,
  work: (query: (text: string, values?: Values) => Promise<Record<string, unknown>[]>) => Promise<T>,
): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work(
      async (text, values = []) => (await client.query({ text, values: [...values] })).rows,
    );
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** What `running` comes to, unless the signal is quicker; the statement itself then ends by its own time-out. */
async function orAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([running, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    running.catch(() => undefined);
  }
}

async function configOf(target: PostgresTarget, timeouts: DatabaseTimeouts): Promise<PoolConfig> {
  const { host, port, database, user, password, connections, applicationName } = target;
  return {
    ...{ host, port, database, max: connections, application_name: applicationName },
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ssl: await tlsOf(target),
    connectionTimeoutMillis: timeouts.connectionMs,
    statement_timeout: timeouts.statementMs,
    lock_timeout: timeouts.lockMs,
    idle_in_transaction_session_timeout: timeouts.statementMs,
    query_timeout: timeouts.answerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // A name that has come to mean another server is noticed, though the old one still answers.
    maxLifetimeSeconds: 1_800,
    allowExitOnIdle: true,
  };
}

async function tlsOf(target: PostgresTarget): Promise<NonNullable<PoolConfig['ssl']>> {
  if (target.tls === 'off') return false;
  const [ca, cert, key] = await Promise.all([target.authorities, target.certificate, target.key].map(pem));
  return {
    rejectUnauthorized: target.tls === 'verify',
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

async function pem(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const hint = 'Correct sslrootcert, sslcert or sslkey in the URL of the database.';
    throw new CallsheetError('invalid-input', `The certificate file ${path} cannot be read.`, {
      hint,
      cause,
    });
  }
}
