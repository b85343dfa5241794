import type { Handler } from 'hono';
import { toCallsheetError } from '../diagnostics/errors.ts';
import { type PushVerdict, verifyPush } from './push-webhook.ts';
import { refuse } from './refusal.ts';
import { claimsOf, guardAttempts, type RequestVariables } from './request-guard.ts';
import { SeenDeliveries } from './seen-deliveries.ts';
import type { ServerContext } from './server-context.ts';

/** More than any push event that is not about thousands of commits. */
export const MAX_HOOK_BYTES = 5 * 1024 * 1024;

/** Takes push webhooks: who knows the secret makes us ask the repository, which alone says what there is. Answers before that is done. */
export function gitHook(context: ServerContext): Handler<RequestVariables> {
  const { settings, clock, metrics, limiter, logger } = context;
  const seen = new SeenDeliveries(clock);
  return async (c) => {
    c.set('route', '/hooks/git');
    if (settings.webhookSecrets.length === 0) throw refuse('no-such-route', 'webhooks are not configured');
    const { remote } = claimsOf(c, settings);
    guardAttempts(context, remote);
    const body = new Uint8Array(await c.req.arrayBuffer());
    const verdict = verifyPush(
      { header: (name) => c.req.header(name), body },
      settings.webhookSecrets,
      clock.now(),
    );
    if (verdict.kind === 'refused') {
      limiter.failed(remote);
      count(verdict.provider, verdict.why);
      logger.warn(
        { event: 'webhook', provider: verdict.provider, reason: verdict.why, remote },
        'webhook refused',
      );
      throw refuse('unauthenticated', REFUSED[verdict.why]);
    }
    if (verdict.kind === 'ignored') {
      count(verdict.provider, 'ignored');
      return c.json({ accepted: false, reason: 'no push' }, 202);
    }
    if (!seen.firstTime(verdict.keys)) {
      count(verdict.provider, 'replayed');
      throw refuse('replayed', 'this delivery has come before');
    }
    count(verdict.provider, 'accepted');
    logger.info({ event: 'webhook', provider: verdict.provider }, 'push webhook: looking for a new revision');
    poke(context);
    return c.json({ accepted: true }, 202);
  };

  function count(provider: PushVerdict['provider'], result: string): void {
    metrics.hooks.inc({ provider, result });
  }
}

function poke({ api, logger }: ServerContext): void {
  api.pokeSource().catch((error: unknown) => {
    const { code, message } = toCallsheetError(error);
    logger.warn({ event: 'webhook', code }, `looking for a new revision failed: ${message}`);
  });
}

const REFUSED = {
  'no-signature': 'the webhook is not signed',
  'bad-signature': 'the signature does not fit',
  'too-old': 'the signature is too old, or from the future',
} as const;
