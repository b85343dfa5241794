import { expect, it } from 'vitest';
import type { LibraryStatusDocument } from '../status/status-document.ts';
import { renderLibraryStatus } from './library-status-view.ts';
import { plainPalette } from './palette.ts';

const OLD = `main@sha1:${'a'.repeat(40)}`;
const NEW = `main@sha1:${'b'.repeat(40)}`;
const library: LibraryStatusDocument = {
  formatVersion: '1.0',
  name: 'films',
  conditions: [
    {
      type: 'Ready',
      status: 'False',
      reason: 'SpecsInvalid',
      message: 'The last good revision stays in force. film.yaml:5:3: total is no number',
    },
  ],
  revision: OLD,
  generation: 'c'.repeat(64),
  lastAttemptedRevision: NEW,
  actors: [],
  pending: { plan: 'plan-1', reason: 'AwaitingApproval', message: 'Somebody has to approve it.' },
  rollout: { state: 'halted', done: 3, total: 40, message: '3 of 40 actors; 2 failed' },
};
const options = { palette: plainPalette, width: 120, standing: false };

it('tells what is in force, what cannot be, what was applied, and what waits', () => {
  expect(renderLibraryStatus(library, options)).toBe(
    `Library films
  Ready        False  SpecsInvalid
    The last good revision stays in force. film.yaml:5:3: total is no number
  Revision     ${OLD}
  Seen         ${NEW}, which cannot be used
  Applied      none in full yet
  Rollout      halted: 3 of 40 actors; 2 failed
  Plan         plan-1 waits (AwaitingApproval): Somebody has to approve it.
`,
  );
});

it('says of a library at rest that its revision was applied, and whose word that is', () => {
  const { pending: _none, rollout: _over, ...rest } = library;
  const atRest = { ...rest, lastAttemptedRevision: OLD, lastAppliedRevision: OLD, conditions: [] };
  expect(renderLibraryStatus(atRest, { ...options, standing: true })).toBe(
    `Library films, as a controller last left it
  Revision     ${OLD}, applied in full
`,
  );
});

it.each([
  [0, 'not begun: 0 of 40 actors'],
  [3, 'waiting: 3 of 40 actors'],
])('calls no rollout progressing whose plan waits, with %i of it done', (done, expected) => {
  const rollout = { state: 'progressing', done, total: 40, message: `${done} of 40 actors` };
  const waiting = { ...library, rollout };
  const { pending: _none, ...rest } = waiting;

  expect(renderLibraryStatus(waiting, options)).toContain(`Rollout      ${expected}\n`);
  expect(renderLibraryStatus(rest, options)).toContain(`Rollout      progressing: ${done} of 40 actors\n`);
});
