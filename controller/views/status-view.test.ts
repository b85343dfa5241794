import { expect, it } from 'vitest';
import type { ActorStatus } from '../status/actor-status.ts';
import { plainPalette } from './palette.ts';
import { renderStory } from './status-view.ts';

const OLD = `main@sha1:${'a'.repeat(40)}`;
const NEW = `main@sha1:${'b'.repeat(40)}`;
const status: ActorStatus = {
  actor: '0042',
  type: 'film',
  distribution: 'film',
  total: { before: 2, target: 3, after: 3 },
  conditions: [{ type: 'Ready', status: 'False', reason: 'OutsideTolerance', message: '2 of 3 images.' }],
  observedGeneration: 'c'.repeat(64),
  lastAttemptedRevision: NEW,
  lastAppliedRevision: OLD,
};

it('tells of an actor under which revisions it was looked at and applied, and what its conditions are about', () => {
  expect(renderStory({ status, runs: [] }, { palette: plainPalette, width: 120 })).toContain(`
  Ready        False  OutsideTolerance
    2 of 3 images.
  Revision     ${NEW}
  Applied      ${OLD}
  Generation   cccccccccccc
`);
});
