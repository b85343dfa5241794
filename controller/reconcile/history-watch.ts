import type { SpecSource } from '../spec-source/spec-source.ts';
import type { LibraryStatusDocument } from '../status/status-document.ts';

/** Notices when the revision in force did not come out of the one before it: somebody has rewritten the branch (a forced push). */
export class HistoryWatch {
  private readonly source: SpecSource;
  private seen: string | undefined;
  private said: string | undefined;

  constructor(source: SpecSource) {
    this.source = source;
  }

  /** What is to be said of the revision in force; undefined when there is nothing. */
  get rewritten(): string | undefined {
    return this.said;
  }

  /** Goes on from what an earlier controller had in force, and had said of it. */
  resume(before: LibraryStatusDocument | undefined): void {
    this.seen = before?.revision;
    this.said = before?.conditions.find(({ type }) => type === 'HistoryRewritten')?.message;
  }

  /** A revision is in force. Whether there is something else to be said now. */
  async look(revision: string, signal: AbortSignal): Promise<boolean> {
    const [before, said] = [this.seen, this.said];
    if (before === revision) return false;
    this.seen = revision;
    this.said = undefined;
    if (before === undefined || (await this.source.descends?.(revision, before, signal)) !== false)
      return said !== undefined;
    // Another one may be in force by now.
    if (this.seen !== revision) return false;
    this.said = `The branch was rewritten: ${before}, which was in force before, is not in the history of ${revision}. The new revision is in force; what it changes is planned and guarded like any other change.`;
    return true;
  }
}
