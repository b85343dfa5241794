import { byToken } from '../identity.ts';
import { refuse } from '../refusal.ts';
import type { ApiCall, Reply } from './operation.ts';

export function getSession({ identity }: ApiCall): Reply {
  return { json: identity };
}

/** Exchanges a token for a session, which a browser keeps where no script can read it. */
export function logIn({ context, claims, body }: ApiCall): Reply {
  const { limiter, metrics, settings, sessions } = context;
  const { token } = body as { token: string };
  const found = byToken(token, claims, settings);
  if (found.kind !== 'identity') {
    limiter.failed(claims.remote);
    metrics.authFailures.inc({ reason: 'bad-token' });
    throw refuse('unauthenticated', 'the token is not valid');
  }
  const identity = { ...found.identity, via: 'session' as const };
  return { json: identity, session: sessions.open(identity) };
}

export function logOut({ context, claims }: ApiCall): Reply {
  if (claims.cookie !== undefined) context.sessions.close(claims.cookie);
  return { session: 'none' };
}
