import type { EvaluationRecord, PictureRecord } from '../records/actor-record.ts';

interface KnownContent {
  readonly picture: PictureRecord;
  /** By evaluator id. */
  readonly verdicts: ReadonlyMap<string, EvaluationRecord>;
}

/** Contents remembered at most. An entry takes a few hundred bytes. */
const CAPACITY = 20_000;

/**
 * What this process has learnt of contents lately, across actors: the same picture in two training sets is decoded and evaluated once.
 * The oldest are forgotten; each actor's own record is what lasts.
 */
export class ContentMemory {
  private readonly contents = new Map<string, KnownContent>();

  picture(digest: string): PictureRecord | undefined {
    return this.contents.get(digest)?.picture;
  }

  verdict(digest: string, evaluator: string): EvaluationRecord | undefined {
    return this.contents.get(digest)?.verdicts.get(evaluator);
  }

  /** Only for contents whose thumbnail is kept, so that a contact sheet can be drawn without reading the picture. */
  remember(
    digest: string,
    picture: PictureRecord,
    evaluator: string,
    verdict: EvaluationRecord | undefined,
  ): void {
    const before = this.contents.get(digest);
    const verdicts = new Map(before?.verdicts);
    if (verdict !== undefined) verdicts.set(evaluator, verdict);
    this.contents.delete(digest);
    this.contents.set(digest, { picture, verdicts });
    if (this.contents.size > CAPACITY) this.contents.delete(this.contents.keys().next().value!);
  }
}
