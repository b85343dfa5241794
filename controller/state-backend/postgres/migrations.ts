import { CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import type { Database } from './database.ts';

/**
 * One step from a schema to the next. Steps are never changed once released, and there is no way back: a backup is the way back.
 */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /**
   * The lowest schema version that a program must have been written for to work after this step. Where it is the version before, old and
   * new programs work side by side, and the step is made when the first new one starts.
   */
  readonly needs: number;
  readonly statements: (schema: string) => readonly string[];
}

const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'documents',
    needs: 1,
    statements: (schema) => [
      // One sequence for all: a document that is removed and written again never gets a version that it has had.
      `CREATE SEQUENCE ${schema}.document_versions`,
      // json, not jsonb: the order of keys is part of a manifest entry that waits in the trash, and not every string is a jsonb string.
      `CREATE TABLE ${schema}.documents (
        path text COLLATE "C" PRIMARY KEY,
        value json,
        bytes bytea,
        content_type text NOT NULL,
        version bigint NOT NULL DEFAULT nextval('${schema}.document_versions'),
        write_id uuid NOT NULL,
        written_at timestamptz NOT NULL DEFAULT now(),
        CHECK (num_nonnulls(value, bytes) = 1)
      ) WITH (fillfactor = 85)`,
      // Pictures are compressed already.
      `ALTER TABLE ${schema}.documents ALTER COLUMN bytes SET STORAGE EXTERNAL`,
    ],
  },
  {
    version: 2,
    name: 'work-failures',
    needs: 1,
    statements: (schema) => [
      `CREATE TABLE ${schema}.work_failures (
        queue text NOT NULL,
        key text COLLATE "C" NOT NULL,
        failures integer NOT NULL,
        PRIMARY KEY (queue, key)
      )`,
    ],
  },
];

export interface SchemaState {
  /** 0: there is nothing yet. */
  readonly version: number;
  readonly needs: number;
}

export interface MigrationReport {
  readonly from: number;
  readonly to: number;
  /** Names of the steps made, in order. */
  readonly applied: readonly string[];
}

/**
 * Makes sure that this program can work with the database. Steps that older programs do not notice are made here; others wait for
 * `callsheet state migrate`.
 *
 * @throws CallsheetError `unsupported` when the database is too old or too new.
 */
export async function prepareSchema(
  database: Database,
  signal?: AbortSignal,
  steps: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const found = await readSchema(database, signal);
  checkNotNewer(found, database, steps);
  const pending = steps.filter(({ version }) => version > found.version);
  if (pending.length === 0) return;
  if (found.version > 0 && pending.some(({ needs }) => needs > found.version)) {
    throw new CallsheetError(
      'unsupported',
      `${database.target.display} has schema version ${found.version}; this program needs ${pending.at(-1)!.version}.`,
      {
        hint: 'Stop every Callsheet that uses it, then run "callsheet state migrate". There is no way back: make a backup first.',
      },
    );
  }
  await migrateSchema(database, signal, steps);
}

/**
 * Makes all steps that are missing, in one transaction, one process at a time.
 *
 * @throws CallsheetError `unsupported` when the database was made by a newer program; `auth` when the user may not.
 */
export async function migrateSchema(
  database: Database,
  signal?: AbortSignal,
  steps: readonly Migration[] = MIGRATIONS,
): Promise<MigrationReport> {
  const schema = schemaOf(database);
  const migrate = async (): Promise<MigrationReport> =>
    await database.transaction(
      'migrate',
      async (query) => {
        await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`callsheet migrate ${schema}`]);
        await checkEncoding(query, database);
        await query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
        await query(`CREATE TABLE IF NOT EXISTS ${schema}.migrations (
        version integer PRIMARY KEY, name text NOT NULL, needs integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
        const found = stateOf(await query(SCHEMA_STATE(schema)));
        checkNotNewer(found, database, steps);
        const pending = steps.filter(({ version }) => version > found.version);
        for (const { version, name, needs, statements } of pending) {
          for (const statement of statements(schema)) await query(statement);
          await query(`INSERT INTO ${schema}.migrations (version, name, needs) VALUES ($1, $2, $3)`, [
            version,
            name,
            needs,
          ]);
        }
        const applied = pending.map(({ name }) => name);
        return { from: found.version, to: pending.at(-1)?.version ?? found.version, applied };
      },
      signal,
    );
  // A step that was made although its answer was lost is found made.
  return await database.retry(migrate, signal);
}

const SCHEMA_STATE = (schema: string): string =>
  `SELECT coalesce(max(version), 0) AS version, coalesce(max(needs), 0) AS needs FROM ${schema}.migrations`;

async function readSchema(database: Database, signal?: AbortSignal): Promise<SchemaState> {
  const schema = schemaOf(database);
  const look = async () => stateOf(await database.query('open', SCHEMA_STATE(schema), [], signal));
  try {
    return await database.retry(look, signal, true);
  } catch (error) {
    // No schema or table: an empty database, or one of others in which we have no schema yet.
    if (isCallsheetError(error, 'unsupported')) return { version: 0, needs: 0 };
    throw error;
  }
}

/** Quoted, as a name that means something in SQL would have to be. */
function schemaOf({ target }: Database): string {
  return `"${target.schema}"`;
}

function stateOf([row]: readonly object[]): SchemaState {
  return row as SchemaState;
}

function checkNotNewer(
  { version, needs }: SchemaState,
  { target }: Database,
  steps: readonly Migration[],
): void {
  const known = steps.at(-1)!.version;
  if (needs <= known) return;
  throw new CallsheetError(
    'unsupported',
    `${target.display} has schema version ${version}, which a newer Callsheet has made; this one knows version ${known}.`,
    { hint: 'Use the newer version.' },
  );
}

async function checkEncoding(
  query: (text: string) => Promise<object[]>,
  { target }: Database,
): Promise<void> {
  const [row] = (await query('SHOW server_encoding')) as { server_encoding: string }[];
  if (row?.server_encoding === 'UTF8') return;
  throw new CallsheetError(
    'unsupported',
    `${target.display} is not in UTF-8 but in ${row?.server_encoding}.`,
    {
      hint: 'Create the database with ENCODING UTF8 TEMPLATE template0.',
    },
  );
}
