import { randomUUID } from 'node:crypto';
import { CallsheetError } from '../../diagnostics/errors.ts';
import { type Clock, systemClock } from '../../runtime/clock.ts';
import type { Expected, StateBackend, StoredVersion, Versioned } from '../state-backend.ts';
import { parsePostgresUrl } from './connection-url.ts';
import { Database, type DatabaseTimeouts } from './database.ts';
import { type MigrationReport, migrateSchema, prepareSchema } from './migrations.ts';

/** Paths that one statement lists. */
const PAGE = 1_000;
/** A replica that dies or stands still is done without after this long. Long enough for a server that restarts. */
const LEASE_MS = 15_000;
const MAX_RACES = 20;
const decoder = new TextDecoder('utf-8', { fatal: true });

export interface PostgresStateOptions {
  /** `postgres://...`; see `parsePostgresUrl`. */
  readonly url: string;
  /** Environment variables; those of the process by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly timeouts?: Partial<DatabaseTimeouts>;
}

/**
 * State in a Postgres database. Makes the tables when there are none yet.
 *
 * @throws CallsheetError `invalid-input`, `auth`, `unavailable`, or `unsupported` when the database must be migrated first.
 */
export async function openPostgresState(
  options: PostgresStateOptions,
  signal?: AbortSignal,
): Promise<StateBackend & AsyncDisposable> {
  const database = await connect(options);
  try {
    await prepareSchema(database, signal);
    return new PostgresState(database);
  } catch (error) {
    await database[Symbol.asyncDispose]();
    throw error;
  }
}

/** Brings the database to this program's schema. */
export async function migratePostgresState(
  options: PostgresStateOptions,
  signal?: AbortSignal,
): Promise<MigrationReport & { url: string }> {
  await using database = await connect(options);
  return { url: database.target.display, ...(await migrateSchema(database, signal)) };
}

async function connect({
  url,
  env = process.env,
  clock = systemClock,
  random = Math.random,
  timeouts,
}: PostgresStateOptions) {
  const target = parsePostgresUrl(url, env);
  return await Database.open(target, { clock, random, ...(timeouts === undefined ? {} : { timeouts }) });
}

interface Row {
  readonly value: string | null;
  readonly bytes: Buffer | null;
  readonly version: string;
}

/** What is stored: text of a JSON document, or bytes of anything else. */
interface Content {
  readonly json: string | null;
  readonly bytes: Uint8Array | null;
  readonly contentType: string;
}

function jsonContent(json: string): Content {
  return { json, bytes: null, contentType: 'application/json' };
}

/**
 * One row a document. Every write carries an id of its own: when an answer is lost, the row itself tells whether the write took effect.
 */
class PostgresState implements StateBackend {
  readonly conditionalWrites = true;
  readonly leaseMs = LEASE_MS;
  readonly url: string;
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database) {
    this.url = `${database.target.display}/`;
    this.#database = database;
    this.#table = `"${database.target.schema}".documents`;
  }

  async read<T>(path: string, signal?: AbortSignal): Promise<Versioned<T> | undefined> {
    const row = await this.#row(path, signal);
    return row === undefined ? undefined : { value: this.#parse(path, row) as T, version: row.version };
  }

  async write(path: string, value: unknown, expected?: Expected, signal?: AbortSignal): Promise<string> {
    const content = jsonContent(JSON.stringify(value));
    if (expected !== undefined) return await this.#swap(path, content, expected, signal);
    return await this.#overwrite(path, content, signal);
  }

  async writeText(path: string, pieces: () => Iterable<string>, signal?: AbortSignal): Promise<string> {
    return await this.#overwrite(path, jsonContent([...pieces()].join('')), signal);
  }

  async #overwrite(path: string, content: Content, signal?: AbortSignal): Promise<string> {
    // An overwrite that got stuck on its way could still land after what is written later. A swap cannot.
    for (let races = 0; ; races += 1) {
      const [row] = await this.#find(path, signal);
      const version = await this.#trySwap(path, content, row ?? 'absent', signal);
      if (version !== undefined) return version;
      if (races === MAX_RACES) throw this.#lost(path);
    }
  }

  async remove(path: string, expected?: { readonly version: string }, signal?: AbortSignal): Promise<void> {
    const condition = expected === undefined ? '' : ' AND version = $2';
    const values = expected === undefined ? [path] : [path, expected.version];
    const sql = `DELETE FROM ${this.#table} WHERE path = $1${condition} RETURNING version`;
    const removed = await this.#database.retry(
      () => this.#database.query(`remove ${path} from`, sql, values, signal),
      signal,
    );
    // Nothing removed: it was gone already, perhaps by our own first attempt; or it is there in another version.
    if (expected === undefined || removed.length > 0) return;
    if ((await this.#find(path, signal)).length > 0) throw this.#lost(path);
  }

  async *list(prefix: string, signal?: AbortSignal): AsyncGenerator<string> {
    for await (const { path } of this.versions(prefix, signal)) yield path;
  }

  async *versions(prefix: string, signal?: AbortSignal): AsyncGenerator<StoredVersion> {
    const sql = `SELECT path, version FROM ${this.#table} WHERE path >= $1 AND path < $2 AND path > $3 ORDER BY path LIMIT ${PAGE}`;
    // The last character that there is: the end of the range of all paths with this prefix.
    const end = `${prefix}\u{10ffff}`;
    for (let after = ''; ; ) {
      const page = await this.#database.look<StoredVersion>(
        `list ${prefix} in`,
        sql,
        [prefix, end, after],
        signal,
      );
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.path;
    }
  }

  async readBlob(path: string, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const row = await this.#row(path, signal);
    return row === undefined ? undefined : (row.bytes ?? Buffer.from(row.value!));
  }

  async writeBlob(path: string, bytes: Uint8Array, contentType: string, signal?: AbortSignal): Promise<void> {
    const sql = `INSERT INTO ${this.#table} (path, bytes, content_type, write_id) VALUES ($1, $2, $3, $4)
      ON CONFLICT (path) DO UPDATE SET value = NULL, bytes = excluded.bytes, content_type = excluded.content_type,
        version = DEFAULT, write_id = excluded.write_id, written_at = now()`;
    // Blobs are derived from what is stored elsewhere, and twice the same is once: no need to know which attempt it was.
    const values = [path, bytes, contentType, randomUUID()];
    await this.#database.retry(() => this.#database.query(`write ${path} to`, sql, values, signal), signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database[Symbol.asyncDispose]();
  }

  async #swap(path: string, content: Content, expected: Expected, signal?: AbortSignal): Promise<string> {
    const version = await this.#trySwap(path, content, expected, signal);
    if (version === undefined) throw this.#lost(path);
    return version;
  }

  /** The new version; undefined when `expected` does not hold, for certain. */
  async #trySwap(
    path: string,
    content: Content,
    expected: Expected,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const writeId = randomUUID();
    const values = [path, content.json, content.bytes, content.contentType, writeId];
    return await this.#database.retry(async (attempt) => {
      const [row] =
        expected === 'absent'
          ? await this.#database.query<{ version: string }>(
              `write ${path} to`,
              this.#insert(),
              values,
              signal,
            )
          : await this.#database.query<{ version: string }>(
              `write ${path} to`,
              this.#update(),
              [...values, expected.version],
              signal,
            );
      if (row !== undefined || attempt === 1) return row?.version;
      // An earlier attempt, whose answer was lost, may be what is in the way.
      const [found] = await this.#find(path, signal);
      return found?.write_id === writeId ? found.version : undefined;
    }, signal);
  }

  #insert(): string {
    return `INSERT INTO ${this.#table} (path, value, bytes, content_type, write_id) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (path) DO NOTHING RETURNING version`;
  }

  #update(): string {
    return `UPDATE ${this.#table} SET value = $2, bytes = $3, content_type = $4, write_id = $5, version = DEFAULT, written_at = now()
      WHERE path = $1 AND version = $6 RETURNING version`;
  }

  async #find(path: string, signal?: AbortSignal): Promise<{ version: string; write_id: string }[]> {
    const sql = `SELECT version, write_id FROM ${this.#table} WHERE path = $1`;
    return await this.#database.look(`read ${path} in`, sql, [path], signal);
  }

  async #row(path: string, signal?: AbortSignal): Promise<Row | undefined> {
    const sql = `SELECT value::text, bytes, version FROM ${this.#table} WHERE path = $1`;
    const [row] = await this.#database.look<Row>(`read ${path} in`, sql, [path], signal);
    return row;
  }

  #parse(path: string, { value, bytes }: Row): unknown {
    try {
      return JSON.parse(value ?? decoder.decode(bytes!));
    } catch (cause) {
      const hint = `Put back an earlier version of it, or remove it to start without it ("callsheet state rm ${path}").`;
      throw new CallsheetError(
        'corrupt',
        `${path} in ${this.#database.target.display} is not a JSON document.`,
        { hint, cause },
      );
    }
  }

  #lost(path: string): CallsheetError {
    return new CallsheetError(
      'precondition-failed',
      `${path} in ${this.#database.target.display} has changed, or exists already.`,
    );
  }
}
