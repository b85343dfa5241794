import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** One spec file as it was read. */
export interface SpecFile {
  /** As the user would name it: relative to the folder that was asked for, with `/` between parts. */
  readonly name: string;
  readonly text: string;
}

/** Which state of the specs this is. */
export interface SpecRevision {
  readonly kind: 'directory' | 'git';
  /** A digest of the content (`sha256:<hex>`), or `main@sha1:<commit>`. */
  readonly id: string;
  /** The working tree held changes that are not committed. */
  readonly dirty?: boolean;
}

/** All spec files at one moment. */
export interface SpecSnapshot {
  /** In order of their names. */
  readonly files: readonly SpecFile[];
  /** What could not be read; an error among them means that `files` is not everything. */
  readonly diagnostics: readonly Diagnostic[];
  readonly revision: SpecRevision;
  /** Absolute path of the folder that the relative `file:` URLs of the Library start at. */
  readonly root: string;
}

/**
 * Port: where specs come from. `load` reads everything anew. What a user can mend (a file that cannot be read, a folder without
 * specs) is a diagnostic of the snapshot; it rejects with a CallsheetError only when the source as a whole cannot be reached
 * (`unavailable`, `auth`) or when the signal aborts it.
 */
export interface SpecSource {
  load(signal?: AbortSignal): Promise<SpecSnapshot>;
  /**
   * Whether one revision came out of another: `older` is in the history of `newer`. Undefined when it cannot be told. Absent where
   * revisions have no history. Never rejects, but for the signal.
   */
  descends?(newer: string, older: string, signal?: AbortSignal): Promise<boolean | undefined>;
}
