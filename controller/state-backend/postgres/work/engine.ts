import { DatabaseError } from 'pg';
import { PgBoss } from 'pg-boss';
import { CallsheetError } from '../../../diagnostics/errors.ts';
import { type Clock, systemClock } from '../../../runtime/clock.ts';
import { parsePostgresUrl } from '../connection-url.ts';
import { Database } from '../database.ts';
import { prepareSchema } from '../migrations.ts';
import { sqlError } from '../sql-errors.ts';

export interface EngineOptions {
  /** `postgres://...`; see `parsePostgresUrl`. */
  readonly url: string;
  /** Environment variables; those of the process by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Told of what goes wrong in the background; everything there is tried again by itself. */
  readonly onTrouble?: (error: Error) => void;
}

/** How often the dead are looked for. Together with `HEARTBEAT_SECONDS` this bounds how long a job of theirs lies idle. */
const SUPERVISE_SECONDS = 2;
const START_ATTEMPTS = 5;
const MAX_NAME = 63;

/** pg-boss on a database, in a schema beside that of the documents: `callsheet_work` unless the URL names another one. */
export class Engine implements AsyncDisposable {
  readonly boss: PgBoss;
  readonly database: Database;
  /** Quoted, of pg-boss. */
  readonly schema: string;
  /** Quoted, of the documents. */
  readonly ownSchema: string;

  private constructor(database: Database, boss: PgBoss, schema: string) {
    this.database = database;
    this.boss = boss;
    this.schema = `"${schema}"`;
    this.ownSchema = `"${database.target.schema}"`;
  }

  /** Connects, and makes or migrates the tables. @throws CallsheetError as opening the state does. */
  static async start(options: EngineOptions, signal?: AbortSignal): Promise<Engine> {
    const { env = process.env, clock = systemClock, random = Math.random } = options;
    const target = parsePostgresUrl(options.url, env);
    const database = await Database.open(target, { clock, random });
    try {
      await prepareSchema(database, signal);
      const schema = `${target.schema.slice(0, MAX_NAME - 5)}_work`;
      const boss = new PgBoss({
        db: { executeSql: (text, values) => execute(database, text, values) },
        schema,
        schedule: false,
        superviseIntervalSeconds: SUPERVISE_SECONDS,
        monitorIntervalSeconds: SUPERVISE_SECONDS,
        openTelemetry: { enabled: false },
      });
      boss.on('error', (error) => options.onTrouble?.(error));
      const engine = new Engine(database, boss, schema);
      // Replicas that start together on an empty database make the schema at the same time; all but one are refused, and find it made.
      await engine.call('start the work queue in', () => boss.start({ attempts: START_ATTEMPTS }));
      return engine;
    } catch (error) {
      await database[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Whatever pg-boss is asked for, with errors of ours. `doing` completes "Cannot ... postgres://...". */
  async call<T>(doing: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof DatabaseError ? sqlError(error, doing, this.database.target.display) : error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.boss.stop({ graceful: false, close: false }).catch(() => undefined);
    await this.database[Symbol.asyncDispose]();
  }
}

/**
 * Once more as long as the server is away. What took effect though its answer was lost is harmless twice: a job that was fetched so has no
 * holder and is handed out again, one that was sent twice is merged when it is handed out.
 */
async function execute(
  database: Database,
  text: string,
  values?: readonly unknown[],
): Promise<{ rows: object[] }> {
  try {
    return { rows: await database.retry(() => database.execute('use the work queue in', text, values)) };
  } catch (error) {
    // pg-boss knows the server's errors, and goes on after some of them.
    const isServers = error instanceof CallsheetError && error.cause instanceof DatabaseError;
    throw isServers && error.code !== 'unavailable' ? error.cause : error;
  }
}
