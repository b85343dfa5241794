import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../runtime/clock.ts';
import type { Identity } from './identity.ts';

const LIFETIME_MS = 12 * 60 * 60 * 1000;
const MAX_SESSIONS = 1000;

export const SESSION_SECONDS = LIFETIME_MS / 1000;

interface Session {
  readonly identity: Identity;
  readonly expiresMs: number;
}

/** Browsers that have logged in with a token. Kept in memory only: a restart logs everybody out. */
export class Sessions {
  private readonly clock: Clock;
  /** By a digest of the cookie, so that looking one up takes no time that depends on the cookie. */
  private readonly sessions = new Map<string, Session>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Returns the value for the cookie. */
  open(identity: Identity): string {
    const cookie = randomBytes(32).toString('base64url');
    const oldest = this.sessions.keys().next().value;
    if (this.sessions.size >= MAX_SESSIONS && oldest !== undefined) this.sessions.delete(oldest);
    this.sessions.set(keyOf(cookie), { identity, expiresMs: this.clock.now() + LIFETIME_MS });
    return cookie;
  }

  find(cookie: string): Identity | undefined {
    const session = this.sessions.get(keyOf(cookie));
    if (session === undefined) return undefined;
    if (session.expiresMs > this.clock.now()) return session.identity;
    this.sessions.delete(keyOf(cookie));
    return undefined;
  }

  close(cookie: string): void {
    this.sessions.delete(keyOf(cookie));
  }
}

function keyOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}
