import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../runtime/clock.ts';
import { createLogger } from '../runtime/logger.ts';
import type { Condition } from '../status/condition.ts';
import { logEvents } from './log-events.ts';

/** The line that a change of a condition makes, if any at this level or above. */
async function lineOf(
  condition: Pick<Condition, 'type' | 'status' | 'reason'>,
  actor?: string,
): Promise<string | undefined> {
  const lines: string[] = [];
  const sink = Object.assign(new PassThrough(), { write: (text: string) => lines.push(text) });
  const logger = await createLogger({
    level: 'info',
    format: 'json',
    sink,
    color: false,
    clock: systemClock,
    secrets: [],
  });
  logEvents(logger).event({
    type: 'condition-changed',
    at: '2026-11-23T08:00:00Z',
    revision: 'main@sha1:1',
    condition: { ...condition, message: 'So it is.' },
    ...(actor === undefined ? {} : { actor, actorType: 'film' }),
  });
  return lines.map((line) => (JSON.parse(line) as { level: string }).level)[0];
}

describe('a change of a condition in the log', () => {
  it.each([
    ['warn', 'an actor that fails', { status: 'False', reason: 'ObservationFailed' }],
    ['info', 'an actor that has drifted', { status: 'False', reason: 'OutsideTolerance' }],
    ['info', 'an actor that is well again', { status: 'True', reason: 'Balanced' }],
    [undefined, 'an actor of a plan that waits', { status: 'False', reason: 'AwaitingApproval' }],
  ] as const)('is at %s: %s', async (level, _what, condition) => {
    expect(await lineOf({ type: 'Ready', ...condition }, '0001')).toBe(level);
  });

  it('is told once, by the event that says more', async () => {
    const broken = { status: 'False', reason: 'SpecsInvalid' } as const;
    expect(await lineOf({ type: 'Ready', ...broken })).toBeUndefined();
    expect(await lineOf({ type: 'Stalled', ...broken, status: 'True' })).toBeUndefined();
    const flapping = { status: 'True', reason: 'FlappingDetected' } as const;
    expect(await lineOf({ type: 'Stalled', ...flapping }, '0001')).toBeUndefined();
  });

  it('is a warning when somebody has rewritten the history', async () => {
    expect(await lineOf({ type: 'HistoryRewritten', status: 'True', reason: 'ForcedPush' })).toBe('warn');
  });
});
