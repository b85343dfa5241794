import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** Somebody who is told by HTTP: keeps what it got, and answers as the test says (200 when it says nothing). */
export class ReceiverServer implements AsyncDisposable {
  readonly requests: ReceivedRequest[] = [];
  /** Answers to come, in order: a status, or a status with headers. */
  readonly answers: (number | readonly [number, Record<string, string>])[] = [];
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  static async start(): Promise<ReceiverServer> {
    const server = createServer();
    const receiver = new ReceiverServer(server);
    server.on('request', async (request, response) => {
      let text = '';
      for await (const part of request) text += part;
      const { method = '', url = '', headers } = request;
      receiver.requests.push({ method, path: url, headers, text, json: JSON.parse(text) });
      const answer = receiver.answers.shift() ?? 200;
      const [status, extra] = typeof answer === 'number' ? [answer, {}] : answer;
      response.writeHead(status, extra).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
