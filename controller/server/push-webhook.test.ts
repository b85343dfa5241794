import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { type PushVerdict, verifyPush } from './push-webhook.ts';
import { SeenDeliveries } from './seen-deliveries.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

function verify(
  headers: Record<string, string>,
  body: string,
  secrets: readonly string[],
  nowMs = NOW,
): PushVerdict {
  return verifyPush({ header: (name) => headers[name], body: Buffer.from(body) }, secrets, nowMs);
}

function hex(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

describe('push webhooks', () => {
  it('takes the example of GitHub’s documentation', () => {
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const headers = { 'x-github-event': 'push', 'x-hub-signature-256': signature, 'x-github-delivery': 'd1' };

    expect(verify(headers, 'Hello, World!', ["It's a Secret to Everybody"])).toMatchObject({
      kind: 'push',
      provider: 'github',
    });
    expect(verify(headers, 'Hello, World?', ["It's a Secret to Everybody"])).toMatchObject({
      kind: 'refused',
      why: 'bad-signature',
    });
  });

  it('takes the example of the Standard Webhooks specification, while it is fresh', () => {
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v0,abc v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const body = '{"test": 2432232314}';
    const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'];

    expect(verify(headers, body, secrets, 1_614_265_330_000 + 299_000)).toMatchObject({
      kind: 'push',
      provider: 'standard',
    });
    expect(verify(headers, body, secrets, 1_614_265_330_000 + 301_000)).toMatchObject({
      kind: 'refused',
      why: 'too-old',
    });
    expect(
      verify({ ...headers, 'webhook-timestamp': '1614265331' }, body, secrets, 1_614_265_331_000),
    ).toMatchObject({
      why: 'bad-signature',
    });
    expect(verify({ ...headers, 'webhook-id': 'msg_other' }, body, secrets, 1_614_265_331_000)).toMatchObject(
      { why: 'bad-signature' },
    );
  });

  it('takes Gitea by its own headers though GitHub’s are there too', () => {
    const body = '{"ref":"refs/heads/main"}';
    const headers = {
      'x-gitea-event': 'push',
      'x-gitea-delivery': 'g1',
      'x-gitea-signature': hex('gitea-secret', body),
      'x-github-event': 'push',
    };

    expect(verify(headers, body, ['gitea-secret'])).toMatchObject({ kind: 'push', provider: 'gitea' });
    expect(
      verify({ ...headers, 'x-gitea-signature': hex('other', body) }, body, ['gitea-secret']),
    ).toMatchObject({
      kind: 'refused',
    });
  });

  it('takes Gogs, which sends GitHub’s headers without its signature', () => {
    const body = '{"ref":"refs/heads/main"}';
    const headers = {
      'x-gogs-event': 'push',
      'x-gogs-delivery': 'o1',
      'x-gogs-signature': hex('gogs-secret', body),
      'x-github-event': 'push',
      'x-github-delivery': 'o1',
    };

    expect(verify(headers, body, ['gogs-secret'])).toMatchObject({
      kind: 'push',
      provider: 'gogs',
      keys: expect.arrayContaining(['gogs:id:o1']),
    });
    expect(verify(headers, body, ['other'])).toMatchObject({ kind: 'refused', why: 'bad-signature' });
  });

  it('takes GitLab by its token', () => {
    const headers = {
      'x-gitlab-event': 'Push Hook',
      'x-gitlab-token': 'gitlab-secret',
      'x-gitlab-event-uuid': 'u1',
    };

    expect(verify(headers, '{}', ['gitlab-secret'])).toEqual({
      kind: 'push',
      provider: 'gitlab',
      keys: ['gitlab:id:u1'],
    });
    expect(verify({ ...headers, 'x-gitlab-token': 'gitlab-secre' }, '{}', ['gitlab-secret'])).toMatchObject({
      kind: 'refused',
    });
  });

  it('takes any of several secrets, so that one can be replaced by another', () => {
    const headers = { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': 'new', 'x-gitlab-event-uuid': 'u1' };

    expect(verify(headers, '{}', ['old', 'new'])).toMatchObject({ kind: 'push' });
  });

  it('ignores what is properly signed and no push', () => {
    const body = '{"zen":"."}';
    const headers = { 'x-github-event': 'ping', 'x-hub-signature-256': `sha256=${hex('secret', body)}` };

    expect(verify(headers, body, ['secret'])).toEqual({ kind: 'ignored', provider: 'github', event: 'ping' });
  });

  it.each([
    ['nothing', {}],
    ['no signature', { 'x-github-event': 'push' }],
    ['the old SHA-1 signature alone', { 'x-github-event': 'push', 'x-hub-signature': 'sha1=abc' }],
    ['no token', { 'x-gitlab-event': 'Push Hook' }],
  ])('refuses a request with %s', (_, headers) => {
    expect(verify(headers as Record<string, string>, '{}', ['secret'])).toMatchObject({
      kind: 'refused',
      why: 'no-signature',
    });
  });

  it('refuses everything while there is no secret', () => {
    expect(verify({ 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': '' }, '{}', [])).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('replays', () => {
  it('are known by the body although the id is new', () => {
    const body = '{"after":"abc"}';
    const seen = new SeenDeliveries(new FakeClock());
    const send = (id: string) => {
      const headers = {
        'x-github-event': 'push',
        'x-hub-signature-256': `sha256=${hex('s', body)}`,
        'x-github-delivery': id,
      };
      const verdict = verify(headers, body, ['s']);
      return verdict.kind === 'push' && seen.firstTime(verdict.keys);
    };

    expect([send('1'), send('1'), send('2')]).toEqual([true, false, false]);
  });

  it('are known by the body although it comes as if another had sent it', () => {
    const body = '{"after":"abc"}';
    const seen = new SeenDeliveries(new FakeClock());
    const github = { 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${hex('s', body)}` };
    const gitea = { 'x-gitea-event': 'push', 'x-gitea-signature': hex('s', body) };
    const answers = [github, gitea].map((headers) => {
      const verdict = verify(headers, body, ['s']);
      return verdict.kind === 'push' && seen.firstTime(verdict.keys);
    });

    expect(answers).toEqual([true, false]);
  });

  it('are forgotten after a day, and not before', async () => {
    const clock = new FakeClock();
    const seen = new SeenDeliveries(clock);
    seen.firstTime(['a']);

    await clock.advance(23 * 3_600_000);
    const early = seen.firstTime(['a']);
    await clock.advance(24 * 3_600_000);

    expect([early, seen.firstTime(['a'])]).toEqual([false, true]);
  });

  it('take bounded memory', () => {
    const seen = new SeenDeliveries(new FakeClock());
    for (let index = 0; index < 20_001; index += 1) seen.firstTime([`k${index}`]);

    expect(seen.firstTime(['k20000'])).toBe(false);
    expect(seen.firstTime(['k0'])).toBe(true);
  });
});
