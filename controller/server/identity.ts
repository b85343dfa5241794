import type { BlockList } from 'node:net';
import { isIP } from 'node:net';
import { visibleText } from '../diagnostics/visible-text.ts';
import { findSecret } from './secret-compare.ts';
import type { Sessions } from './sessions.ts';

/** A viewer looks; an editor decides. */
export type Role = 'viewer' | 'editor';

/** Who sent a request, and how that is known. */
export interface Identity {
  /** For records of who did what. */
  readonly who: string;
  readonly role: Role;
  /** A browser sends `session`, `proxy` and `loopback` along by itself, a `token` never. */
  readonly via: 'token' | 'session' | 'proxy' | 'loopback';
}

export interface ApiToken {
  readonly token: string;
  readonly role: Role;
  /** How records call its bearer unless the bearer gives a name. */
  readonly name: string;
}

/** A reverse proxy that has checked who somebody is, and says so in a header. */
export interface ProxyAuth {
  readonly userHeader: string;
  /** Its value is `viewer` or `editor`. */
  readonly roleHeader: string | undefined;
  /** Users who are editors whatever the role header says. */
  readonly editors: ReadonlySet<string>;
  /** Addresses whose word counts. */
  readonly trusted: BlockList;
}

export interface AccessRules {
  readonly tokens: readonly ApiToken[];
  readonly proxy: ProxyAuth | undefined;
  /** What somebody without any credential may do; undefined: nothing. Only ever set while listening on loopback alone. */
  readonly anonymous: Role | undefined;
}

/** What of a request tells who sent it. */
export interface Claims {
  header(name: string): string | undefined;
  readonly cookie: string | undefined;
  /** IP address of the other end of the connection. */
  readonly peer: string;
  /** IP address of whoever asks: behind a trusted proxy not the peer's. */
  readonly remote: string;
}

/** By which a client with a token says on whose behalf it speaks. */
export const USER_HEADER = 'x-callsheet-user';
/** By which a reverse proxy gives itself away. */
const FORWARDED_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

export type Identified =
  | { readonly kind: 'identity'; readonly identity: Identity }
  | { readonly kind: 'none'; readonly why: string }
  /** Something was claimed that is not true: counts as an attempt to guess. */
  | { readonly kind: 'false'; readonly why: string };

/** Finds out who sent a request. What is claimed wrongly is never overlooked in favour of another claim. */
export function identify(claims: Claims, rules: AccessRules, sessions: Sessions): Identified {
  const bearer = /^Bearer\s+(\S+)$/i.exec(claims.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return byToken(bearer, claims, rules);
  const session = claims.cookie === undefined ? undefined : sessions.find(claims.cookie);
  if (session !== undefined) return { kind: 'identity', identity: session };
  const proxied = byProxy(claims, rules.proxy);
  if (proxied !== undefined) return { kind: 'identity', identity: proxied };
  if (rules.anonymous === undefined) return { kind: 'none', why: 'a token is needed' };
  if (FORWARDED_HEADERS.some((name) => claims.header(name) !== undefined)) {
    return {
      kind: 'none',
      why: 'requests that come through a proxy need a token, or proxy authentication has to be configured',
    };
  }
  const who = nameIn(claims.header(USER_HEADER)) ?? 'local';
  return { kind: 'identity', identity: { who, role: rules.anonymous, via: 'loopback' } };
}

/** The bearer of a token, by whatever way the token came. */
export function byToken(bearer: string, claims: Pick<Claims, 'header'>, { tokens }: AccessRules): Identified {
  const found = findSecret(bearer, tokens, ({ token }) => token);
  if (found === undefined) return { kind: 'false', why: 'the token is not valid' };
  const said = nameIn(claims.header(USER_HEADER));
  const who = said === undefined ? found.name : `${said} (${found.name})`;
  return { kind: 'identity', identity: { who, role: found.role, via: 'token' } };
}

function byProxy(claims: Claims, proxy: ProxyAuth | undefined): Identity | undefined {
  if (proxy === undefined || !isTrustedProxy(claims.peer, proxy)) return undefined;
  const who = nameIn(claims.header(proxy.userHeader));
  if (who === undefined) return undefined;
  const said = proxy.roleHeader === undefined ? undefined : claims.header(proxy.roleHeader);
  const role: Role = proxy.editors.has(who) || said === 'editor' ? 'editor' : 'viewer';
  return { who, role, via: 'proxy' };
}

export function isTrustedProxy(peer: string, proxy: ProxyAuth | undefined): boolean {
  const address = peer.replace(/^::ffff:(?=\d+\.)/, '');
  return (
    proxy !== undefined &&
    isIP(address) !== 0 &&
    proxy.trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  );
}

/** A name fit for records: visible characters, not too many. */
function nameIn(header: string | undefined): string | undefined {
  const name = header === undefined ? '' : visibleText(header).trim().slice(0, 100);
  return name === '' ? undefined : name;
}
