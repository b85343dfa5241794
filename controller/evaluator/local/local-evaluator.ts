import { availableParallelism } from 'node:os';
import type { Raster } from '../../picture/raster.ts';
import { WorkerPool } from '../../runtime/worker-pool.ts';
import type {
  EvaluationItem,
  EvaluationRequest,
  EvaluationResult,
  Evaluator,
  PictureFacts,
  Verdict,
} from '../evaluator.ts';
import { summarise } from './analysis.ts';
import { evaluatorId } from './identity.ts';
import { isLook, type Look } from './look/look.ts';
import { type Claims, claimCells, type LocalCategory } from './style.ts';
import { judge } from './verdict.ts';
import type { LookRequest } from './worker.ts';

export interface LocalEvaluatorOptions {
  /** The taxonomy's categories, each with its `local` style. */
  readonly categories: readonly LocalCategory[];
  /** Threads that look at pictures; one picture takes about a tenth of a second of one. Default: 2, or 1 on a single core. */
  readonly threads?: number | undefined;
  /** Confidence below which a verdict is `uncertain`. Default: `DEFAULT_UNCERTAIN_BELOW`. */
  readonly uncertainBelow?: number | undefined;
}

/** Leaves about one picture in six undecided (docs/local-evaluator.md has the figures). */
export const DEFAULT_UNCERTAIN_BELOW = 0.65;

/**
 * An evaluator that needs no key and no network: a small neural network tells photographs from illustrations, colour statistics tell
 * colour from monochrome, and pixel statistics grade technical quality.
 *
 * Throws `unsupported` when the taxonomy's categories do not say which of these kinds of picture they stand for.
 */
export function createLocalEvaluator(options: LocalEvaluatorOptions): Evaluator & AsyncDisposable {
  return new LocalEvaluator(options);
}

class LocalEvaluator implements Evaluator, AsyncDisposable {
  readonly id: string;
  readonly #claims: Claims;
  readonly #uncertainBelow: number;
  readonly #pool: WorkerPool<LookRequest, Look>;

  constructor(options: LocalEvaluatorOptions) {
    this.#claims = claimCells(options.categories);
    this.#uncertainBelow = options.uncertainBelow ?? DEFAULT_UNCERTAIN_BELOW;
    this.#pool = new WorkerPool({
      file: './worker',
      from: import.meta.url,
      size: options.threads ?? Math.min(2, availableParallelism()),
      owner: 'The local evaluator',
    });
    this.id = evaluatorId(this.#claims, this.#uncertainBelow);
  }

  /** Does all the work, on a thread. */
  prepare(raster: Raster, source: PictureFacts): Promise<Look> {
    return this.#pool.run({ raster, facts: source });
  }

  async evaluate({ items }: EvaluationRequest, signal?: AbortSignal): Promise<EvaluationResult> {
    signal?.throwIfAborted();
    const verdicts = new Map<string, Verdict>();
    const failures = new Map<string, string>();
    for (const item of items) {
      if (isLook(item.prepared))
        verdicts.set(item.digest, judge(item.prepared, this.#claims, this.#uncertainBelow));
      else failures.set(item.digest, 'The picture was never measured.');
    }
    return { verdicts, failures, analysis: this.#analyse(items, verdicts), costUsd: 0 };
  }

  estimateCostUsd(): number {
    return 0;
  }

  maxCostUsd(): number {
    return 0;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#pool[Symbol.asyncDispose]();
  }

  #analyse(items: readonly EvaluationItem[], verdicts: ReadonlyMap<string, Verdict>): string {
    return summarise(
      items.flatMap(({ number, digest }) => {
        const verdict = verdicts.get(digest);
        return verdict ? [{ number, verdict }] : [];
      }),
    );
  }
}
