import { expect, it } from 'vitest';
import type { Condition } from './condition.ts';
import { revisionsOf } from './revisions.ts';

function actor(status: Condition['status'], attempted: string, applied?: string) {
  return {
    conditions: [{ type: 'Ready', status, reason: 'Balanced', message: '' } as const],
    lastAttemptedRevision: attempted,
    ...(applied === undefined ? {} : { lastAppliedRevision: applied }),
  };
}

it.each([
  ['of its own, in a library of an earlier version', actor('True', 'r1', 'r1'), { revision: 'r3' }, 'r1 r1'],
  [
    'of the survey, where nothing has changed since',
    actor('True', 'r1', 'r1'),
    { revision: 'r3', surveyedRevision: 'r3' },
    'r3 r3',
  ],
  [
    'of the survey as attempted only, where it is not as it should be',
    actor('False', 'r2', 'r1'),
    { revision: 'r3', surveyedRevision: 'r3' },
    'r3 r1',
  ],
  [
    'of the survey before, while it has not had its turn',
    actor('True', 'r1', 'r1'),
    { revision: 'r3', surveyedRevision: 'r2' },
    'r2 r2',
  ],
  [
    'of its own, once it has had its turn',
    actor('False', 'r3', 'r2'),
    { revision: 'r3', surveyedRevision: 'r2' },
    'r3 r2',
  ],
])('names the revisions %s', (_name, document, survey, expected) => {
  const { lastAttemptedRevision, lastAppliedRevision } = revisionsOf(document, survey);
  expect(`${lastAttemptedRevision} ${lastAppliedRevision}`).toBe(expected);
});

it('names none of an actor that nobody has looked at', () => {
  expect(revisionsOf(undefined, { revision: 'r3', surveyedRevision: 'r3' })).toEqual({});
});
