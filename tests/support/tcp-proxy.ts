import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A break of the connection: when the client sends something that contains `matching`. */
interface Break {
  readonly matching: string;
  /**
   * `before`: the server never gets it. `after`: the server gets it and answers, and the answer is lost.
   * `swallow`: the server gets it, and nothing comes back while the connection stays.
   */
  readonly moment: 'before' | 'after' | 'swallow';
  times: number;
}

/** Stands between a client and a server on loopback, and breaks their connection where a test says. */
export class TcpProxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  readonly #breaks: Break[] = [];
  /** Breaks that have happened. */
  broken = 0;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
  }

  static async start(target: number): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new TcpProxy(server, target);
    server.on('connection', (client) => proxy.#join(client));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  breakNext(matching: string, moment: Break['moment'], times = 1): void {
    this.#breaks.push({ matching, moment, times });
  }

  /** Ends all connections there are. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    const server = connect(this.#target, '127.0.0.1');
    let answering: Break['moment'] | undefined;
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (data) => {
      const moment = this.#breakFor(data);
      if (moment === 'before') return client.destroy();
      answering ??= moment;
      server.write(data);
    });
    server.on('data', (data) => {
      if (answering === 'after') client.destroy();
      else if (answering === undefined) client.write(data);
    });
  }

  #breakFor(data: string | Buffer): Break['moment'] | undefined {
    const found = this.#breaks.find(({ matching, times }) => times > 0 && data.includes(matching));
    if (found === undefined) return undefined;
    found.times -= 1;
    this.broken += 1;
    return found.moment;
  }
}
