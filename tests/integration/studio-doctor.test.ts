import { afterEach, expect, it } from 'vitest';
import { runProgram } from '../../controller/cli/run.ts';
import type { Check } from '../../controller/usecases/doctor.ts';
import { some } from '../support/build-library.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import { KEYS, Studio, type StudioOptions } from '../support/studio.ts';
import { fillStudio } from '../support/studio-library.ts';

let studio: Studio;
afterEach(async () => {
  await studio[Symbol.asyncDispose]();
});

async function open(options: StudioOptions = {}, library?: string): Promise<void> {
  studio = await Studio.open(options);
  await studio.writeSpecs(library ?? '  limits: { budget: { perDay: 5 } }');
  fillStudio(studio, [{ id: '0001', images: some('photorealistic', 3) }]);
}

async function doctor(env: Record<string, string> = {}, nowMs = Date.now()) {
  const terminal = memoryTerminal({ cwd: studio.root, env: { ...studio.env, ...env } });
  terminal.nowMs = nowMs;
  const code = await runProgram(['doctor', '--json'], terminal);
  const lines = terminal.written.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
  const { checks } = lines.at(-1) as unknown as { checks: readonly Check[] };
  const of = (status: Check['status']) =>
    checks.filter((check) => check.status === status).map(({ name, message }) => `${name}: ${message}`);
  return { code, checks, failures: of('failure'), warnings: of('warning'), text: terminal.written.out };
}

it('finds a studio fit for work, and warns of a model that is near its end', async () => {
  await open({ openai: { shutdown: '2099-01-14' } });

  const { code, failures, warnings, checks, text } = await doctor();

  expect(failures).toEqual([]);
  expect(code).toBe(0);
  expect(warnings).toEqual(['openai: gpt-4.1-mini will be shut down on 2099-01-14']);
  expect(checks.find(({ message }) => message.includes('2099-01-14'))!.hint).toContain('gpt-6-luna');
  expect(checks.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      's3://images/actors/{actor}/ can be written',
      'state at s3://studio/state/ can be read and written, with compare-and-swap',
      'black-forest-labs/flux-kontext-pro exists',
      'the price of gpt-4.1-mini is known',
      'the budget is $5 a day',
    ]),
  );
  for (const secret of Object.values(KEYS)) expect(text).not.toContain(secret);
  expect([...studio.s3.buckets.objects('images').keys()].filter((key) => key.includes('probe'))).toEqual([]);
});

it('tells a wrong clock', async () => {
  await open();
  const now = Date.now();

  const [right, late, early] = [
    await doctor({}, now),
    await doctor({}, now + 100_000),
    await doctor({}, now - 3_600_000),
  ];

  expect(right.checks.find(({ name }) => name === 'clock')).toMatchObject({ status: 'ok' });
  expect(right.code).toBe(0);
  expect(late.warnings.join()).toMatch(/clock: the clock is (9\d|10\d) s ahead of/);
  expect(early.failures.join()).toMatch(/clock: the clock is 3\d{3} s behind/);
  expect(early.code).toBe(1);
});

it.each([
  [
    'a key that is not accepted',
    {},
    { OPENAI_API_KEY: 'sk-wrong' },
    /openai: .* does not accept the key \(HTTP 401\)/,
  ],
  ['no token', {}, { REPLICATE_API_TOKEN: '' }, /replicate: REPLICATE_API_TOKEN is not set/],
  [
    'a model that is not there',
    { openai: { models: ['gpt-6-luna'] } },
    {},
    /openai: there is no model gpt-4\.1-mini/,
  ],
  [
    'a provider that does not answer',
    {},
    { REPLICATE_BASE_URL: 'http://127.0.0.1:9/v1' },
    /replicate: 127\.0\.0\.1:9 does not answer/,
  ],
  [
    'a store that ignores conditions',
    { s3: { buckets: ['studio', 'images', 'legacy'], ignoresConditionsOf: ['PUT'] } },
    {},
    /spec\.state: .* ignores conditional writes/,
  ],
  [
    'a bucket that is not there',
    { s3: { buckets: ['studio', 'legacy'] } },
    {},
    /spec\.images: .*no such bucket/,
  ],
] as const)('says what to do about %s', async (_, options, env, expected) => {
  studio = await Studio.open(options as StudioOptions);
  await studio.writeSpecs();
  if (!('s3' in options) || options.s3.buckets.length === 3)
    fillStudio(studio, [{ id: '0001', images: some('photorealistic', 1) }]);

  const { code, failures, checks } = await doctor(env);

  expect(code).toBe(1);
  expect(failures.join('\n')).toMatch(expected);
  for (const check of checks.filter(({ status }) => status !== 'ok')) expect(check.hint).toMatch(/\.$/);
});
