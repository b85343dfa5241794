/**
 * What is there now for one actor: manifest, objects and evaluations joined. Built from facts that were read elsewhere; knows no
 * network, disk or clock.
 */
export interface Observation {
  readonly actor: string;
  readonly name?: string;
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The actor's manifest names no base image, so that nothing can be generated. */
  readonly baseless?: true;
  /** Images of the training set: a manifest entry with an object behind it. In manifest order. */
  readonly images: readonly ObservedImage[];
  /** Manifest entries whose object is surely gone (a trustworthy "not found"). */
  readonly dangling: readonly DanglingEntry[];
  /** Objects below the actor's image prefix that no manifest entry names. */
  readonly orphans: readonly ObservedImage[];
  /** Images in the trash whose retention has not ended. */
  readonly trash: readonly TrashedImage[];
  /**
   * Pictures that were generated for this actor and not accepted, ever. Makes the next seeds and prompts differ: the same order would
   * only buy the same picture again.
   */
  readonly misses?: number;
  /** Pictures that were generated for this actor and accepted, ever: for the same reason, should one have been removed since. */
  readonly hits?: number;
  /** What could not be read or is odd, for people. */
  readonly problems: readonly ObservationProblem[];
}

/**
 * - `usable`: evaluated with enough confidence.
 * - `uncertain`: evaluated, but below the evaluator's confidence bound: counts in its best guess, is never deleted as excess.
 * - `unknown`: could not be read or evaluated this time, or is over a size limit: holds a slot, nobody knows of which category.
 * - `unreadable`: was read in full and is no picture that anyone can decode: cannot train a model, so it holds no slot.
 */
export type ImageState = 'usable' | 'uncertain' | 'unknown' | 'unreadable';

export interface ObservedImage {
  /** Where it is, in its canonical form: a path relative to the library's root, or an `s3://` URL. Identifies the image. */
  readonly image: string;
  readonly state: ImageState;
  /** SHA-256 of the content in hex; absent when it could not be read. */
  readonly digest?: string;
  /** Pixels, after EXIF orientation. */
  readonly width?: number;
  readonly height?: number;
  /** The category that counts: a person's label, else the evaluator's. Absent when unknown or unreadable. */
  readonly category?: string;
  /** 1 to 10; absent when unknown or unreadable. */
  readonly quality?: number;
  /** 0 to 1. */
  readonly confidence?: number;
  /** Who said the category. */
  readonly judgedBy?: 'person' | 'evaluator';
  /** Whether the evaluator looked at it a second time, alone. */
  readonly confirmed?: boolean;
  /** A manifest entry of this image says `pinned: true`: never deleted. */
  readonly pinned: boolean;
  /** Who else would miss it: the actor's own base image, or an image in another actor's folder. Never deleted. */
  readonly needed?: 'base-image' | 'other-actor';
  /** A person said that this image is bad. */
  readonly rejected?: string;
  /** The first image of this actor with the same content, when it is not this one. */
  readonly duplicateOf?: string;
  /** Made by a generator rather than shot or uploaded. */
  readonly generated: boolean;
  /** The number of the prompt it was generated from. */
  readonly promptNumber?: number;
  /** Where its entry stands in the manifest; absent for an orphan. */
  readonly entry?: number;
}

export interface DanglingEntry {
  readonly image: string;
  readonly entry: number;
  readonly pinned: boolean;
  /** `missing`: there is no such object. `repeated`: an earlier entry names the same object. */
  readonly why: 'missing' | 'repeated';
}

export interface TrashedImage {
  /** Identifies the trash record. */
  readonly id: string;
  readonly image: string;
  readonly digest: string;
  readonly category?: string;
  readonly quality?: number;
  /** Only images deleted for being too many, and called bad by nobody since, may come back on their own. */
  readonly restorable: boolean;
  /** The number of the prompt it was generated from. */
  readonly promptNumber?: number;
}

export interface ObservationProblem {
  /** Stable kebab-case: `unreadable`, `unknown`, `too-large`, `dangling`, `orphan`, `duplicate`, `outside-library`, ... */
  readonly code: string;
  readonly image?: string;
  readonly message: string;
}
