import type { ActorStatus } from './actor-status.ts';
import { isAsItShouldBe, readyOf } from './condition.ts';
import type { LibraryStatusDocument } from './status-document.ts';

type Revisions = Pick<ActorStatus, 'lastAttemptedRevision' | 'lastAppliedRevision'>;

/** Under which revisions everybody has been looked at: see `LibraryStatusDocument`. */
export type Survey = Pick<LibraryStatusDocument, 'revision' | 'surveyedRevision'>;

/**
 * Under which revision an actor was last looked at, and under which it was last as it should be. Its own document is written only when
 * something about it changes; how far everybody is without that is known of the library as a whole. While a revision is still being looked
 * at, those who are not written under it count as looked at under the one before.
 */
export function revisionsOf(
  actor: (Revisions & Pick<ActorStatus, 'conditions'>) | undefined,
  survey: Survey | undefined,
): Revisions {
  const { lastAttemptedRevision: attempted, lastAppliedRevision: applied, conditions } = actor ?? {};
  const surveyed = survey?.surveyedRevision;
  if (attempted === undefined || surveyed === undefined || attempted === survey?.revision)
    return named(attempted, applied);
  return named(surveyed, isAsItShouldBe(readyOf(conditions ?? [])) ? surveyed : applied);
}

function named(attempted: string | undefined, applied: string | undefined): Revisions {
  return {
    ...(attempted === undefined ? {} : { lastAttemptedRevision: attempted }),
    ...(applied === undefined ? {} : { lastAppliedRevision: applied }),
  };
}
