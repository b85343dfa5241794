/** A message in the hands of whoever took it, until `done`. */
export interface Letter<Body> {
  readonly id: string;
  readonly key: string;
  readonly body: Body;
  /** Aborts when it has gone to another, because whoever held it was not heard of. */
  readonly lost: AbortSignal;
}

/**
 * Port: messages between processes. Each is in the hands of one taker at most, and so is each key; those of a key are handed out in the order
 * in which they were posted. What a taker does not finish because it dies goes to another: a message may be acted on twice, never not at all.
 */
export interface Mailbox<Body> {
  /** Resolves once it is kept. @param id a UUID that nobody has used: posted again under it, it is the same message. */
  post(id: string, key: string, body: Body): Promise<void>;
  /** The next message, as soon as there is one; undefined once shut down or aborted. */
  take(signal?: AbortSignal): Promise<Letter<Body> | undefined>;
  /** Either this or `release` is to be called once for every letter taken. */
  done(letter: Letter<Body>): Promise<void>;
  /** Gives it back undone. Never rejects: what cannot be given back goes to another a little later. */
  release(letter: Letter<Body>): Promise<void>;
  /** Takes back messages that nobody holds: those with these ids, or all. Returns the ids of those taken back. */
  withdraw(ids?: readonly string[]): Promise<readonly string[]>;
  /** Which of these messages are not done with. */
  open(ids: readonly string[]): Promise<readonly string[]>;
  /** Messages that are not done with. */
  count(): Promise<number>;
  /** Hands out nothing more in this process. */
  shutDown(): void;
}
