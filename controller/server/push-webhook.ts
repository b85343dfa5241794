import { createHash, createHmac } from 'node:crypto';
import { standardSignature } from '../runtime/standard-webhooks.ts';
import { sameSecret } from './secret-compare.ts';

export type PushProvider = 'github' | 'gitlab' | 'gitea' | 'gogs' | 'standard';

export interface PushRequest {
  header(name: string): string | undefined;
  /** The body as it came: signatures are over its bytes. */
  readonly body: Uint8Array;
}

export type PushVerdict =
  /** `keys` identify the delivery: one seen before under any of them is a replay. */
  | { readonly kind: 'push'; readonly provider: PushProvider; readonly keys: readonly string[] }
  /** Properly signed, but nothing was pushed: a ping, another event. */
  | { readonly kind: 'ignored'; readonly provider: PushProvider; readonly event: string }
  | {
      readonly kind: 'refused';
      readonly provider: PushProvider | 'unknown';
      readonly why: 'no-signature' | 'bad-signature' | 'too-old';
    };

/** How far a signed timestamp may be off, as the Standard Webhooks specification has it. */
const TIMESTAMP_TOLERANCE_MS = 5 * 60_000;

interface Sender {
  readonly provider: PushProvider;
  readonly event: string;
  readonly isPush: boolean;
  readonly delivery: string | undefined;
  /** Undefined: it was not signed. */
  readonly isSigned: ((secret: string) => boolean) | undefined;
  readonly sentMs?: number;
}

/**
 * Decides whether a request is a push webhook of GitHub, GitLab, Gitea (Forgejo), Gogs or of anybody who signs by Standard Webhooks,
 * made by somebody who knows one of the secrets. Compares in constant time. What the body says is not looked at: the repository is.
 */
export function verifyPush(request: PushRequest, secrets: readonly string[], nowMs: number): PushVerdict {
  const sender = senderOf(request);
  if (sender === undefined) return { kind: 'refused', provider: 'unknown', why: 'no-signature' };
  const { provider, event, isSigned, sentMs } = sender;
  if (isSigned === undefined) return { kind: 'refused', provider, why: 'no-signature' };
  // With every secret, so that the time does not tell which one was right.
  if (secrets.map(isSigned).every((fits) => !fits))
    return { kind: 'refused', provider, why: 'bad-signature' };
  if (sentMs !== undefined && !(Math.abs(nowMs - sentMs) <= TIMESTAMP_TOLERANCE_MS))
    return { kind: 'refused', provider, why: 'too-old' };
  if (!sender.isPush) return { kind: 'ignored', provider, event };
  return { kind: 'push', provider, keys: deliveryKeys(sender, request.body) };
}

/**
 * GitHub, Gitea and Gogs sign the body, alike, but not the id of the delivery, so a replay may come under a new id, or as the other's: the body
 * counts too, whoever sent it. It holds both commits and a time, hence two pushes never have the same one.
 */
function deliveryKeys({ provider, delivery }: Sender, body: Uint8Array): string[] {
  const digest = `body:${createHash('sha256').update(body).digest('base64url')}`;
  const id = delivery === undefined ? [] : [`${provider}:id:${delivery.slice(0, 200)}`];
  return provider === 'gitlab' && id.length > 0 ? id : [...id, digest];
}

function senderOf(request: PushRequest): Sender | undefined {
  const { header } = request;
  if (header('webhook-signature') !== undefined) return standardSender(request);
  // Gitea sends the headers of Gogs and GitHub as well as its own, Gogs those of GitHub.
  if (header('x-gitea-event') !== undefined) return giteaSender('gitea', request);
  if (header('x-gogs-event') !== undefined) return giteaSender('gogs', request);
  if (header('x-gitlab-event') !== undefined) return gitlabSender(request);
  if (header('x-github-event') !== undefined) return githubSender(request);
  return undefined;
}

function githubSender({ header, body }: PushRequest): Sender {
  const event = header('x-github-event')!;
  const signature = header('x-hub-signature-256');
  return {
    provider: 'github',
    event,
    isPush: event === 'push',
    delivery: header('x-github-delivery'),
    isSigned:
      signature === undefined ? undefined : (secret) => sameSecret(signature, `sha256=${hmac(secret, body)}`),
  };
}

/** Gogs, which Gitea came from, signs in the same way. */
function giteaSender(provider: 'gitea' | 'gogs', { header, body }: PushRequest): Sender {
  const event = header(`x-${provider}-event`)!;
  const signature = header(`x-${provider}-signature`);
  return {
    provider,
    event,
    isPush: event === 'push',
    delivery: header(`x-${provider}-delivery`),
    isSigned: signature === undefined ? undefined : (secret) => sameSecret(signature, hmac(secret, body)),
  };
}

/** GitLab sends the secret itself. */
function gitlabSender({ header }: PushRequest): Sender {
  const event = header('x-gitlab-event')!;
  const token = header('x-gitlab-token');
  return {
    provider: 'gitlab',
    event,
    isPush: event === 'Push Hook',
    delivery: header('idempotency-key') ?? header('x-gitlab-event-uuid'),
    isSigned: token === undefined ? undefined : (secret) => sameSecret(token, secret),
  };
}

function standardSender({ header, body }: PushRequest): Sender {
  const id = header('webhook-id') ?? '';
  const timestamp = header('webhook-timestamp') ?? '';
  const signatures = (header('webhook-signature') ?? '').split(' ');
  const event = header('x-gitlab-event') ?? 'push';
  return {
    provider: 'standard',
    event,
    isPush: event === 'push' || event === 'Push Hook',
    delivery: id === '' ? undefined : id,
    sentMs: /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN,
    isSigned: (secret) => {
      const expected = standardSignature({ id, timestamp, body }, secret);
      return signatures.map((signature) => sameSecret(signature, expected)).includes(true);
    },
  };
}

function hmac(key: string, body: Uint8Array): string {
  return createHmac('sha256', key).update(body).digest('hex');
}
