import { expect, it } from 'vitest';
import type { ActorStatusDocument } from './status-document.ts';
import { type LibrarySummaryInput, summarizeLibrary } from './summarize-library.ts';

function actor(status: 'True' | 'False' | 'Unknown', reason: string, isStalled = false): ActorStatusDocument {
  const ready = { type: 'Ready', status, reason, message: '' };
  const stalled = isStalled ? [{ ...ready, type: 'Stalled', status: 'True' }] : [];
  return { conditions: [ready, ...stalled] } as unknown as ActorStatusDocument;
}

function conditionsOf(actors: readonly ActorStatusDocument[], more: Partial<LibrarySummaryInput> = {}) {
  return summarizeLibrary({
    before: undefined,
    name: 'test',
    revision: 'main@sha1:1',
    generation: 'g',
    actors,
    inProgress: 0,
    isSurveyed: true,
    problem: undefined,
    unlisted: undefined,
    hold: undefined,
    rollout: undefined,
    suspended: undefined,
    rewritten: undefined,
    at: '2026-12-01T00:00:00Z',
    ...more,
  }).conditions;
}

it('does not count an actor that no distribution selects among those that are as they should be', () => {
  const actors = [actor('True', 'Balanced'), actor('Unknown', 'Unmanaged'), actor('Unknown', 'Unmanaged')];
  expect(conditionsOf(actors)).toMatchObject([
    { reason: 'Synced', message: '1 actor is as it should be, 2 are selected by no distribution.' },
  ]);
});

const FRUITLESS = actor('False', 'VerificationFailed', true);
const FLAPPING = actor('False', 'FlappingDetected', true);
const BLIND = actor('False', 'EvaluatorUnavailable');

it.each([
  [
    'the reason that all who are off have',
    [BLIND, BLIND, actor('True', 'Balanced')],
    {},
    'EvaluatorUnavailable',
  ],
  ['that they are off, where they have several', [BLIND, FRUITLESS], {}, 'OutsideTolerance'],
  [
    'that it stalls where everybody who is off does',
    [FRUITLESS, FRUITLESS, actor('True', 'Balanced')],
    {},
    'VerificationFailed Stalled',
  ],
  ['that it stalls, for whatever reasons', [FRUITLESS, FLAPPING], {}, 'OutsideTolerance Stalled'],
  ['that it is in work, while somebody is', [FRUITLESS], { inProgress: 1 }, 'VerificationFailed Reconciling'],
  ['that it is suspended, before all that', [FRUITLESS], { suspended: 'Suspended: a shoot.' }, 'Suspended'],
] as const)('says %s', (_name, actors, more, expected) => {
  const [ready, ...others] = conditionsOf(actors, more);
  expect([ready!.reason, ...others.map(({ type }) => type)].join(' ')).toBe(expected);
});

it('counts those who are off by reason', () => {
  const [ready] = conditionsOf([BLIND, FRUITLESS, BLIND, actor('True', 'Balanced')]);
  expect(ready!.message).toBe('3 of 4 actors are not ready: 2 EvaluatorUnavailable, 1 VerificationFailed.');
});
