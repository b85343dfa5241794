import { CallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import { standardSignature } from '../runtime/standard-webhooks.ts';
import type { Notification } from '../spec/library.generated.ts';
import { renderCommitStatus, renderSlack } from '../views/notice-view.ts';
import { NOTICE_KINDS, type Notice, type NoticeKind, REVISION_KINDS } from './notice.ts';
import { postJson } from './post-json.ts';
import type { Receiver } from './receiver.ts';

export interface ReceiverContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** URL of the specs, when they come from git: GitHub statuses go to its repository unless the spec names another. */
  readonly specsUrl?: string;
}

/**
 * The receivers that the Library names. One that cannot be used is left out and told of: the others still hear.
 *
 * URLs come from specs, which were reviewed, or from the environment, which the operator set; http and https only.
 */
export function openReceivers(
  notifications: readonly Notification[],
  context: ReceiverContext,
): { readonly receivers: readonly Receiver[]; readonly problems: readonly CallsheetError[] } {
  const receivers: Receiver[] = [];
  const problems: CallsheetError[] = [];
  for (const [index, notification] of notifications.entries()) {
    const name = uniqueName(notification, index, receivers);
    try {
      receivers.push({
        name,
        kinds: new Set(notification.events ?? unaskedKinds(notification)),
        send: senderOf(name, notification, context),
      });
    } catch (error) {
      if (!(error instanceof CallsheetError)) throw error;
      problems.push(error);
    }
  }
  return { receivers, problems };
}

function unaskedKinds({ type }: Notification): readonly NoticeKind[] {
  return type === 'github' ? [...NOTICE_KINDS, ...REVISION_KINDS] : NOTICE_KINDS;
}

function uniqueName({ name, type }: Notification, index: number, taken: readonly Receiver[]): string {
  const wanted = name ?? type;
  return taken.some((receiver) => receiver.name === wanted) ? `${wanted}-${index + 1}` : wanted;
}

function senderOf(name: string, notification: Notification, context: ReceiverContext): Receiver['send'] {
  switch (notification.type) {
    case 'webhook':
      return webhookSender(name, notification, context);
    case 'slack':
      return slackSender(name, notification, context);
    case 'github':
      return githubSender(name, notification, context);
  }
}

/** Posts the notice as it is, signed by Standard Webhooks when there is a secret. */
function webhookSender(
  receiver: string,
  notification: Notification,
  { env, clock }: ReceiverContext,
): Receiver['send'] {
  const url = urlOf(receiver, notification, env);
  const secret = secretOf(receiver, notification, env);
  return async (notice, signal) => {
    const nowMs = clock.now();
    const body = JSON.stringify({ type: `callsheet.${notice.kind}`, timestamp: notice.at, data: notice });
    const message = { id: notice.id, timestamp: String(Math.floor(nowMs / 1000)), body };
    const headers = {
      'webhook-id': message.id,
      'webhook-timestamp': message.timestamp,
      ...(secret === undefined ? {} : { 'webhook-signature': standardSignature(message, secret) }),
    };
    await postJson({ receiver, url, headers, body }, nowMs, signal);
  };
}

function slackSender(
  receiver: string,
  notification: Notification,
  { env, clock }: ReceiverContext,
): Receiver['send'] {
  const url = urlOf(receiver, notification, env);
  return (notice, signal) =>
    postJson({ receiver, url, headers: {}, body: JSON.stringify(renderSlack(notice)) }, clock.now(), signal);
}

/** Sets the status of the commit that a notice is about; notices about none are passed over. */
function githubSender(
  receiver: string,
  notification: Notification,
  { env, clock, specsUrl }: ReceiverContext,
): Receiver['send'] {
  const repository = notification.repository ?? repositoryOf(specsUrl);
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw unusable(
      receiver,
      'it is not known which repository to tell',
      'Write owner/name as its "repository".',
    );
  }
  const token = secretOf(
    receiver,
    { ...notification, secretEnv: notification.secretEnv ?? 'GITHUB_TOKEN' },
    env,
  );
  if (token === undefined)
    throw unusable(receiver, 'there is no token', 'Name the variable that holds it as "secretEnv".');
  const base = notification.url ?? env.GITHUB_API_URL ?? 'https://api.github.com';
  return async (notice: Notice, signal) => {
    const status = renderCommitStatus(notice);
    if (status === undefined) return;
    const url = httpUrl(receiver, `${base.replace(/\/+$/, '')}/repos/${repository}/statuses/${status.sha}`);
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    };
    await postJson({ receiver, url, headers, body: JSON.stringify(status.body) }, clock.now(), signal);
  };
}

/** `owner/name` of a repository at GitHub. */
function repositoryOf(specsUrl: string | undefined): string | undefined {
  return /github\.com(?::\d+)?[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?(?:[/?#].*)?$/.exec(specsUrl ?? '')?.[1];
}

function urlOf(receiver: string, { url, urlEnv }: Notification, env: ReceiverContext['env']): URL {
  const text = urlEnv === undefined ? url : env[urlEnv];
  if (text === undefined || text.trim() === '') {
    throw unusable(
      receiver,
      urlEnv === undefined ? 'it has no URL' : `the environment variable ${urlEnv} is not set`,
      'Write "url", or set the variable that "urlEnv" names.',
    );
  }
  return httpUrl(receiver, text.trim());
}

function httpUrl(receiver: string, text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw unusable(receiver, 'its URL is no http(s) URL', 'Write https://...');
  return url;
}

function secretOf(
  receiver: string,
  { secretEnv }: Notification,
  env: ReceiverContext['env'],
): string | undefined {
  if (secretEnv === undefined) return undefined;
  const secret = env[secretEnv]?.trim();
  if (secret === undefined || secret === '')
    throw unusable(
      receiver,
      `the environment variable ${secretEnv} is not set`,
      'Set it, or take "secretEnv" out.',
    );
  return secret;
}

function unusable(receiver: string, why: string, hint: string): CallsheetError {
  return new CallsheetError('invalid-input', `notifications to "${receiver}" cannot be sent: ${why}`, {
    hint,
  });
}
