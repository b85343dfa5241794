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

/** Whether a date, or a time with its date first, is one that there is: `Date` takes 30 February for 2 March. */
export function isOnCalendar(text: string): boolean {
  const day = text.slice(0, 10);
  const parsed = new Date(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) && !Number.isNaN(Date.parse(text))
  );
}
