import { once } from 'node:events';
import { join } from 'node:path';
import { execaNode } from 'execa';
import type { ActorRecord } from '../../controller/records/actor-record.ts';
import { type Audit, audit } from './audit.ts';
import type { PostgresServer } from './postgres-server.ts';

const CHILD = join(import.meta.dirname, 'replica-child.ts');

export type Replica = ReturnType<typeof spawn>;

function spawn(root: string, url: string, provider: readonly number[]) {
  const env = { DATABASE_URL: url };
  return execaNode(CHILD, [root, ...provider.map(String)], { env, reject: false });
}

/** Controllers on one library and one database, as processes. */
export class Replicas implements AsyncDisposable {
  readonly all: Replica[] = [];
  private readonly root: string;
  private readonly url: string;
  private readonly server: PostgresServer;
  private readonly provider: readonly number[];
  private readonly listening = new WeakMap<Replica, Promise<unknown>>();

  constructor(options: {
    root: string;
    url: string;
    server: PostgresServer;
    latencyMs?: number;
    lost?: number;
  }) {
    this.root = options.root;
    this.url = options.url;
    this.server = options.server;
    this.provider = [options.latencyMs ?? 15, options.lost ?? 0.05];
  }

  launch(): Replica {
    const replica = spawn(this.root, this.url, this.provider);
    this.all.push(replica);
    this.listening.set(replica, once(replica.stdout, 'data'));
    return replica;
  }

  /** Stops them in order; resolves with how they ended. */
  async stop(
    replicas: readonly Replica[],
  ): Promise<{ exitCode?: number | undefined; stderr: string; stdout: string }[]> {
    // Before it listens for the signal, a process ends as any program does.
    await Promise.all(replicas.map((replica) => this.listening.get(replica)));
    for (const replica of replicas) replica.kill('SIGTERM');
    return await Promise.all(replicas);
  }

  /** Everything the library holds, on the disk and in the database. */
  async audit(): Promise<Audit> {
    const rows = await this.server.query(
      "SELECT value FROM callsheet.documents WHERE path LIKE 'actors/%'",
      this.url,
    );
    return audit(
      this.root,
      rows.map(({ value }) => value as ActorRecord),
    );
  }

  /** Whether the status of an actor says that it waits for a replica which is in the middle of a write. */
  async isWaitedFor(replica: Replica): Promise<boolean> {
    const rows = await this.server.query(
      `SELECT 1 FROM callsheet.documents WHERE path LIKE 'status/%' AND value::text LIKE '%process ${replica.pid} has been changing%'`,
      this.url,
    );
    return rows.length > 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const replica of this.all) {
      replica.kill('SIGCONT');
      replica.kill('SIGKILL');
    }
    await Promise.all(this.all);
  }
}
