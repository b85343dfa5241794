import type { Clock } from '../../../runtime/clock.ts';
import type { Letter, Mailbox } from '../../../runtime/mailbox.ts';
import { Claims } from './claims.ts';
import type { Engine } from './engine.ts';
import { Poller } from './poller.ts';

export interface BossMailboxOptions {
  readonly engine: Engine;
  /** Of the queue in the database; with the version of its messages. */
  readonly name: string;
  readonly clock: Clock;
  readonly random: () => number;
}

/** A mailbox on pg-boss. */
export class BossMailbox<Body extends object> implements Mailbox<Body>, AsyncDisposable {
  readonly #engine: Engine;
  readonly #claims: Claims<Body>;
  readonly #poller: Poller<Letter<Body>>;
  readonly #job: string;

  private constructor({ engine, clock, random }: BossMailboxOptions, claims: Claims<Body>) {
    this.#engine = engine;
    this.#claims = claims;
    this.#poller = new Poller<Letter<Body>>({ clock, random, look: (wanted) => claims.fetch(wanted) });
    this.#job = `${engine.schema}.job`;
  }

  static async open<Body extends object>(options: BossMailboxOptions): Promise<BossMailbox<Body>> {
    return new BossMailbox<Body>(options, await Claims.open(options.engine, options.name, options.clock));
  }

  async post(id: string, key: string, body: Body): Promise<void> {
    await this.#claims.send([{ id, singletonKey: key, data: body }]);
    this.#poller.ring();
  }

  async take(signal?: AbortSignal): Promise<Letter<Body> | undefined> {
    return await this.#poller.take(signal);
  }

  async done(letter: Letter<Body>): Promise<void> {
    await this.#claims.finish(letter);
  }

  async release(letter: Letter<Body>): Promise<void> {
    await this.#claims.release(letter);
  }

  async withdraw(ids?: readonly string[]): Promise<readonly string[]> {
    const [which, values] = ids === undefined ? ['', []] : ['AND id = ANY($2::uuid[])', [ids]];
    const sql = `DELETE FROM ${this.#job} WHERE name = $1 AND state < 'active' ${which} RETURNING id`;
    return await this.#ids('take back messages in', sql, values);
  }

  async open(ids: readonly string[]): Promise<readonly string[]> {
    const sql = `SELECT id FROM ${this.#job} WHERE name = $1 AND id = ANY($2::uuid[])`;
    return await this.#ids('find messages in', sql, [ids]);
  }

  async count(): Promise<number> {
    const sql = `SELECT count(*)::int AS count FROM ${this.#job} WHERE name = $1 AND state IN ('created', 'retry', 'active')`;
    const [row] = (await this.#ask('count messages in', sql, [])) as { count: number }[];
    return row!.count;
  }

  shutDown(): void {
    this.#poller.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#poller[Symbol.asyncDispose]();
    await this.#claims[Symbol.asyncDispose]();
  }

  async #ids(doing: string, sql: string, values: readonly unknown[]): Promise<string[]> {
    return ((await this.#ask(doing, sql, values)) as { id: string }[]).map(({ id }) => id);
  }

  async #ask(doing: string, sql: string, values: readonly unknown[]): Promise<object[]> {
    const { database } = this.#engine;
    return await database.retry(() => database.execute(doing, sql, [this.#claims.name, ...values]));
  }
}
