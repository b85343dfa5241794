import type { Claims, Identity } from '../identity.ts';
import type { ServerContext } from '../server-context.ts';

/** One call of an operation, checked against the document. */
export interface ApiCall {
  readonly context: ServerContext;
  readonly identity: Identity;
  readonly claims: Claims;
  /** Path and query parameters, with their types and defaults. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Aborts when the client has gone. For what only reads: a decision that has begun is finished. */
  readonly signal: AbortSignal;
}

/** What is answered: JSON with 200 unless said otherwise; 204 when there is nothing to say. */
export interface Reply {
  readonly status?: 200 | 202;
  readonly json?: unknown;
  /** The browser's session from now on; `none` ends it. */
  readonly session?: string | 'none';
}

/** Answers one operation. Throws CallsheetError. */
export type Answer = (call: ApiCall) => Promise<Reply> | Reply;
