import type { ServerResponse } from 'node:http';

/** What a request is answered with. */
export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** An S3 error: a status and the code that clients look at. */
export class S3Problem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message = code) {
    super(message);
    this.status = status;
    this.code = code;
  }

  answer(): S3Answer {
    return xml(
      this.status,
      `<Error><Code>${this.code}</Code><Message>${escapeXml(this.message)}</Message></Error>`,
    );
  }
}

export function xml(status: number, content: string): S3Answer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${content}`,
  };
}

export function escapeXml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  // A line break in an attribute or at the edge of an element is not kept unless it is written as a reference.
  return text
    .replace(/[&<>"']/g, (c) => entities[c] ?? c)
    .replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Sends an answer; a `fault` of `truncate` or `stall` stops half-way through the body. */
export function respond(response: ServerResponse, method: string, answer: S3Answer, fault?: string): void {
  const body = Buffer.from(answer.body ?? '');
  const headers = { 'content-length': String(body.length), ...answer.headers };
  response.writeHead(answer.status, { ...headers, 'x-amz-request-id': 'TEST' });
  if (method === 'HEAD') {
    response.end();
  } else if (fault === 'truncate' || fault === 'stall') {
    response.write(body.subarray(0, body.length / 2));
    if (fault === 'truncate') setImmediate(() => response.destroy());
  } else {
    response.end(body);
  }
}
