import type { Verdict } from '../evaluator/evaluator.ts';
import type { WrittenEntry } from '../library/entry-list.ts';
import type { Journal } from './journal.ts';

/**
 * What Callsheet remembers of one actor: `state/actors/<id>.json`. Everything in it but `trash`, `judgements` and `journal` can be
 * found out again by looking at the library; those three cannot, and are never dropped.
 */
export interface ActorRecord {
  readonly formatVersion: '1.0';
  readonly actor: string;
  /** Each object as it was when last read, so that an unchanged one is not read again. Keyed by the image's canonical form. */
  readonly objects: Readonly<Record<string, ObjectRecord>>;
  /** What is known of each content, by digest. */
  readonly pictures: Readonly<Record<string, PictureRecord>>;
  /** Verdicts by evaluator id, then by digest. */
  readonly evaluations: Readonly<Record<string, Readonly<Record<string, EvaluationRecord>>>>;
  /** What people said of a picture, by digest. Outranks every evaluator. */
  readonly judgements: Readonly<Record<string, Judgement>>;
  readonly trash: readonly TrashRecord[];
  /** Pictures that were generated and not accepted, ever. Only grows: it makes the next orders differ from those that failed. */
  readonly misses?: number;
  /** Pictures that were generated and accepted, ever. Only grows: one that somebody removed is not ordered again as it was. */
  readonly hits?: number;
  /** The run in progress, or the one that was cut off. Absent when all is settled. */
  readonly journal?: Journal;
  readonly suspended?: SuspensionRecord;
}

export interface ObjectRecord {
  /** The store's revision at the time. */
  readonly revision: string;
  readonly digest: string;
}

export type PictureRecord =
  | {
      readonly width: number;
      readonly height: number;
      readonly format: string;
      readonly bytes: number;
      /** Where its contact-sheet tile is kept, where it is kept with others: `<strip>/<row>/<width>x<height>`. */
      readonly tile?: string;
    }
  | { readonly problem: 'unreadable' | 'unsupported' | 'too-large'; readonly message: string };

export interface EvaluationRecord extends Verdict {
  /** The evaluator looked at it a second time, alone; this is what it said then. */
  readonly confirmed?: boolean;
}

export interface Judgement {
  /** The category a person gave it. */
  readonly category?: string;
  /** Why a person called it bad. */
  readonly rejected?: string;
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}

export interface TrashRecord {
  readonly id: string;
  /** Where it was, in canonical form. */
  readonly image: string;
  /** Where it waits, in canonical form. */
  readonly trashed: string;
  readonly digest: string;
  readonly category?: string;
  readonly quality?: number;
  readonly reason: string;
  readonly run: string;
  /** RFC 3339. */
  readonly deletedAt: string;
  readonly expiresAt: string;
  /** The manifest entry as it was, and where it stood. */
  readonly entry: unknown;
  readonly index: number;
  /** How it was written, to the byte. Absent where an entry never stood in the manifest, and in records of earlier versions. */
  readonly written?: WrittenEntry;
}

export interface SuspensionRecord {
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly until?: string;
}

export function emptyActorRecord(actor: string): ActorRecord {
  return {
    formatVersion: '1.0',
    actor,
    objects: {},
    pictures: {},
    evaluations: {},
    judgements: {},
    trash: [],
  };
}
