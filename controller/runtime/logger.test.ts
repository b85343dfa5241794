import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { createLogger, type LogFields, logFormat } from './logger.ts';
import { createRedactor, secretValues } from './redact-log.ts';

async function logged(
  fields: LogFields,
  message: string,
  options: { readonly secrets?: readonly string[]; readonly format?: 'json' | 'pretty' } = {},
): Promise<string> {
  const lines: string[] = [];
  const { secrets = [], format = 'json' } = options;
  const sink = { write: (text: string) => lines.push(text) };
  const logger = await createLogger({ level: 'info', format, sink, clock: new FakeClock(), secrets });
  logger.debug({ event: 'test' }, 'too little to tell');
  logger
    .child({ run: 'run-1' })
    .child({ actor: '0042' })
    .info({ event: 'test', ...fields }, message);
  return lines.join('');
}

describe('the log', () => {
  it('is one JSON object a line, with the fields of every parent', async () => {
    const line = await logged({ outcome: 'applied' }, 'Actor applied');

    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: '2026-11-22T12:00:00.000Z',
      run: 'run-1',
      actor: '0042',
      event: 'test',
      outcome: 'applied',
      message: 'Actor applied',
    });
    expect(line.match(/\n/g)).toHaveLength(1);
  });

  it('has one message, whatever the fields say', async () => {
    const line = await logged({ message: 'of the event', code: 'x' }, 'The sentence');

    expect(JSON.parse(line)).toMatchObject({ code: 'x', message: 'The sentence' });
    expect(line.match(/"message"/g)).toHaveLength(1);
  });

  it('shows people the same facts on one line', async () => {
    const line = await logged({ outcome: 'applied' }, 'Actor applied', { format: 'pretty' });

    expect(line).toContain('INFO');
    expect(line).toContain('Actor applied');
    expect(line).toContain('0042');
    expect(() => JSON.parse(line)).toThrow();
  });

  it('keeps the stack of an error and stays one line when the text has several', async () => {
    const line = await logged({ error: new Error('first\nsecond') }, 'It broke');

    expect(JSON.parse(line).error).toMatchObject({ type: 'Error', message: 'first\nsecond' });
    expect(line.match(/\n/g)).toHaveLength(1);
  });

  it.each([
    ['a value of the environment', 'sk-verysecret"quoted', 'failed with sk-verysecret"quoted'],
    ['a value inside a URL', 'pass/word+long', `https://h/x/${encodeURIComponent('pass/word+long')}`],
  ])('never shows %s', async (_, secret, text) => {
    const line = await logged({ nested: { deep: [text] } }, text, { secrets: [secret] });

    expect(line).not.toContain(secret);
    expect(line).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(line).not.toContain(encodeURIComponent(secret));
    expect(line.match(/\[redacted\]/g)).toHaveLength(2);
    expect(JSON.parse(line).actor).toBe('0042');
  });

  it('is pretty only at a terminal, unless told', () => {
    expect(logFormat(undefined, { isTTY: true })).toBe('pretty');
    expect(logFormat(undefined, {})).toBe('json');
    expect(logFormat('json', { isTTY: true })).toBe('json');
  });
});

describe('redaction', () => {
  const redact = createRedactor([]);

  it.each([
    [
      'https://b.s3.amazonaws.com/a.jpg?X-Amz-Date=1&X-Amz-Signature=abc',
      'https://b.s3.amazonaws.com/a.jpg?[redacted]',
    ],
    ['see https://h/x?a=1&token=abcdef" then', 'see https://h/x?[redacted]" then'],
    ['https://h/x?sig=abc', 'https://h/x?[redacted]'],
    ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer [redacted]'],
    ['postgres://me:hunter2@db/x', 'postgres://me:*******@db/x'],
    ['https://example.com/list?page=2&sort=name', 'https://example.com/list?page=2&sort=name'],
    ['a bearer of bad news', 'a bearer of bad news'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('knows secrets by the names of their variables, and short words are none', () => {
    const env = {
      OPENAI_API_KEY: 'sk-12345678',
      AWS_REGION: 'eu-central-1',
      HOOK: 'https://hooks.example/abc',
      X_TOKEN: 'on',
    };

    expect(secretValues(env, ['HOOK'])).toEqual(['sk-12345678', 'https://hooks.example/abc', 'on']);
    expect(createRedactor(secretValues(env))('turn it on with sk-12345678')).toBe(
      'turn it on with [redacted]',
    );
  });
});
