import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../runtime/clock.ts';
import { createLogger } from '../runtime/logger.ts';
import type { Condition } from '../status/condition.ts';
import type { ControllerEvent, UntimedEvent } from './controller-ports.ts';
import { logEvents } from './log-events.ts';

interface Line {
  readonly level: string;
  readonly message: string;
}

/** The line that an event makes, if any at `info` or above. */
async function lineOf(event: UntimedEvent): Promise<Line | undefined> {
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
  logEvents(logger).event({ ...event, at: '2026-11-23T08:00:00Z' } as ControllerEvent);
  return lines.map((line) => JSON.parse(line) as Line)[0];
}

async function levelOf(
  condition: Pick<Condition, 'type' | 'status' | 'reason'>,
  actor?: string,
  previous?: Pick<Condition, 'status' | 'reason'>,
): Promise<string | undefined> {
  const line = await lineOf({
    type: 'condition-changed',
    revision: 'main@sha1:1',
    condition: { ...condition, message: 'So it is.' },
    ...(actor === undefined ? {} : { actor, actorType: 'film' }),
    ...(previous === undefined ? {} : { previous }),
  });
  return line?.level;
}

describe('a change of a condition in the log', () => {
  it.each([
    ['warn', 'an actor that fails', { status: 'False', reason: 'ObservationFailed' }],
    ['info', 'an actor that has drifted', { status: 'False', reason: 'OutsideTolerance' }],
    ['info', 'an actor that is well again', { status: 'True', reason: 'Balanced' }],
    [undefined, 'an actor of a plan that waits', { status: 'False', reason: 'AwaitingApproval' }],
  ] as const)('is at %s: %s', async (level, _what, condition) => {
    expect(await levelOf({ type: 'Ready', ...condition }, '0001')).toBe(level);
  });

  it('is not told of everybody whose plan has waited', async () => {
    const drifted = { type: 'Ready', status: 'False', reason: 'OutsideTolerance' } as const;
    expect(await levelOf(drifted, '0001', { status: 'False', reason: 'AwaitingApproval' })).toBeUndefined();
    expect(await levelOf(drifted, '0001', { status: 'True', reason: 'Balanced' })).toBe('info');
    const well = { type: 'Ready', status: 'True', reason: 'Balanced' } as const;
    expect(await levelOf(well, '0001', { status: 'False', reason: 'Suspended' })).toBeUndefined();
  });

  it('is told once, by the event that says more', async () => {
    const broken = { status: 'False', reason: 'SpecsInvalid' } as const;
    expect(await levelOf({ type: 'Ready', ...broken })).toBeUndefined();
    expect(await levelOf({ type: 'Stalled', ...broken, status: 'True' })).toBeUndefined();
    const flapping = { status: 'True', reason: 'FlappingDetected' } as const;
    expect(await levelOf({ type: 'Stalled', ...flapping }, '0001')).toBeUndefined();
  });

  it('is a warning when somebody has rewritten the history', async () => {
    expect(await levelOf({ type: 'HistoryRewritten', status: 'True', reason: 'ForcedPush' })).toBe('warn');
  });
});

describe('what people say, in the log', () => {
  it.each([
    [
      'plan p1 is approved by ada',
      { type: 'plan-decided', plan: 'p1', verdict: 'approved', by: 'ada', saidAt: '2026-11-23T08:00:00Z' },
    ],
    [
      'plan p1 is rejected for 2 actors by ada, in spite of max-deletes: not these',
      {
        ...{
          type: 'plan-decided',
          plan: 'p1',
          verdict: 'rejected',
          by: 'ada',
          saidAt: '2026-11-23T08:00:00Z',
        },
        ...{ actors: 2, guards: ['max-deletes'], reason: 'not these' },
      },
    ],
    ['ada wants every actor looked at', { type: 'look-requested', by: 'ada' }],
    ['ada wants actor 0001 looked at', { type: 'look-requested', by: 'ada', actors: ['0001'] }],
    [
      'actor "0001" is suspended by ada: a shoot (until 2026-11-24T08:00:00Z)',
      {
        type: 'suspended',
        what: 'actor "0001"',
        by: 'ada',
        reason: 'a shoot',
        until: '2026-11-24T08:00:00Z',
      },
    ],
    [
      'the suspension of actor "0001" by ada is lifted by kim',
      {
        type: 'resumed',
        what: 'actor "0001"',
        suspendedBy: 'ada',
        hasEnded: false,
        by: 'kim',
        saidAt: '2026-11-23T08:00:00Z',
      },
    ],
    [
      'the suspension of the library by the specs is lifted',
      { type: 'resumed', what: 'the library', suspendedBy: 'the specs', hasEnded: false },
    ],
    [
      'the suspension of actor "0001" by ada has ended by itself',
      { type: 'resumed', what: 'actor "0001"', suspendedBy: 'ada', hasEnded: true },
    ],
  ] satisfies [string, UntimedEvent][])('is told with who and why: %s', async (message, event) => {
    expect(await lineOf(event)).toMatchObject({ level: 'info', message });
  });
});

describe('who leads, in the log', () => {
  it('is a warning when the lease was lost, and no news of weight when it was given back', async () => {
    const ends = { type: 'leader', leading: false } as const;
    expect(await lineOf({ ...ends, message: 'stopped' })).toMatchObject({ level: 'info' });
    expect(await lineOf({ ...ends, message: 'The lease is over.', lost: true })).toMatchObject({
      level: 'warn',
      message: 'does not lead any more: The lease is over.',
    });
  });
});

describe('a wave of a rollout in the log', () => {
  it.each([
    ['info', 'completed', 0],
    ['warn', 'completed', 6],
    ['error', 'halted', 0],
  ] as const)('is at %s when it is %s and %i got nothing from a provider', async (level, state, unserved) => {
    const counts = { done: 6, total: 6, unserved };
    expect(
      await lineOf({ type: 'rollout', revision: 'r1', state, message: 'So it is.', ...counts }),
    ).toMatchObject({
      level,
    });
  });
});
