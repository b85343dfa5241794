import { describe, expect, it } from 'vitest';
import type { ActorStatus } from './actor-status.ts';
import type { Condition } from './condition.ts';
import { mergeStatus } from './merge-status.ts';
import { emptyActorStatus } from './status-document.ts';

function ready(status: Condition['status'], reason: Condition['reason'], generation = 'g1'): Condition {
  return { type: 'Ready', status, reason, message: reason, observedGeneration: generation };
}

function live(condition: Condition): ActorStatus {
  return { actor: '1', type: 'film', total: { before: 1, target: 2, after: 2 }, conditions: [condition] };
}

function stored(condition: Condition) {
  const since = { ...condition, lastTransitionTime: '2026-11-22T12:00:00.000Z' };
  return { ...emptyActorStatus('1'), observedGeneration: condition.observedGeneration!, conditions: [since] };
}

describe('the status of an actor, from its plan and from a controller', () => {
  it.each([
    [
      'why it waits',
      ready('False', 'OutsideTolerance'),
      ready('False', 'AwaitingApproval'),
      'AwaitingApproval',
    ],
    [
      'nothing of another target',
      ready('False', 'OutsideTolerance'),
      ready('False', 'AwaitingApproval', 'g0'),
      'OutsideTolerance',
    ],
    ['nothing once it is balanced', ready('True', 'Balanced'), ready('False', 'GuardDenied'), 'Balanced'],
    [
      'nothing where it was balanced then',
      ready('False', 'OutsideTolerance'),
      ready('True', 'Balanced'),
      'OutsideTolerance',
    ],
    ['nothing on suspension', ready('False', 'Suspended'), ready('False', 'GuardDenied'), 'Suspended'],
  ])('takes from the controller %s', (_name, now, then, expected) => {
    expect(mergeStatus(live(now), stored(then)).conditions[0]!.reason).toBe(expected);
  });

  it('knows since when it has been so', () => {
    const merged = mergeStatus(live(ready('True', 'Balanced')), stored(ready('True', 'Balanced')));

    expect(merged.conditions[0]!.lastTransitionTime).toBe('2026-11-22T12:00:00.000Z');
  });
});
