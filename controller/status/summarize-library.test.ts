import { expect, it } from 'vitest';
import type { ActorStatusDocument } from './status-document.ts';
import { summarizeLibrary } from './summarize-library.ts';

it('does not count an actor that no distribution selects among those that are as they should be', () => {
  const actor = (status: 'True' | 'Unknown', reason: string) =>
    ({ conditions: [{ type: 'Ready', status, reason, message: '' }] }) as unknown as ActorStatusDocument;
  const { conditions } = summarizeLibrary({
    before: undefined,
    name: 'test',
    revision: 'main@sha1:1',
    generation: 'g',
    actors: [actor('True', 'Balanced'), actor('Unknown', 'Unmanaged'), actor('Unknown', 'Unmanaged')],
    inProgress: 0,
    isSurveyed: true,
    problem: undefined,
    unlisted: undefined,
    hold: undefined,
    rollout: undefined,
    suspended: undefined,
    rewritten: undefined,
    at: '2026-12-01T00:00:00Z',
  });
  expect(conditions).toMatchObject([
    { reason: 'Synced', message: '1 actor is as it should be, 2 are selected by no distribution.' },
  ]);
});
