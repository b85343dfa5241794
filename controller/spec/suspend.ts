import type { Suspend } from './library.generated.ts';
import type { Suspension } from './target.ts';

/** Reads the `suspend` field of a Library or Distribution. A date without a time begins at midnight UTC. */
export function readSuspend(suspend: Suspend | undefined): Suspension | undefined {
  if (suspend === undefined || suspend === false) return undefined;
  if (suspend === true) return { reason: 'suspended in the specs' };
  const { reason, until } = suspend;
  if (until === undefined) return { reason };
  return { reason, until: until.includes('T') ? until : `${until}T00:00:00Z` };
}

/** For people: why, and when it ends by itself. */
export function suspensionText({ reason, until }: Suspension): string {
  return until === undefined ? reason : `${reason} (until ${until})`;
}
