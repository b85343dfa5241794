import { hash } from 'node:crypto';
import type { ObjectInfo } from '../object-store/object-store.ts';

/** Stands for the revision of what is not there. */
export const ABSENT = 'absent';

/** Revisions of all that an actor's observation is made from. */
export interface BasisParts {
  /** Of the actor's manifest. */
  readonly actor: string;
  /** Of the training manifest. */
  readonly manifest: string;
  /** Version of the actor's record in state. */
  readonly record: string;
  /** See `listingDigest`: of the actor's own folder, then of the others that hold images of it. */
  readonly listings: readonly string[];
}

/**
 * One word for what an observation rests on. As long as it is the same, looking again gives the same observation: a change of any file's
 * size, time or entity tag, of either manifest, or of the record makes another word.
 */
export function basisOf({ actor, manifest, record, listings }: BasisParts): string {
  return hash('sha256', `${actor}\n${manifest}\n${record}\n${listings.join('\n')}`, 'base64url');
}

/** A digest over names and revisions of all that a folder holds, whatever the order in which it was listed. */
export function listingDigest(objects: Iterable<Pick<ObjectInfo, 'key' | 'revision'>>): string {
  const lines: string[] = [];
  for (const { key, revision } of objects) lines.push(`${key}\0${revision}`);
  return hash('sha256', lines.sort().join('\n'), 'base64url');
}
