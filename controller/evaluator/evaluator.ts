import type { Raster } from '../picture/raster.ts';

/** What an evaluator said of one picture. Kept for good, keyed by the picture's digest and the evaluator's id. */
export interface Verdict {
  /** A category of the taxonomy: the best guess even when `uncertain`. */
  readonly category: string;
  /** 1 (unusable) to 10 (excellent); may have one decimal. */
  readonly quality: number;
  /** 0 to 1: how sure the evaluator is of the category. */
  readonly confidence: number;
  /** True when the confidence is below the evaluator's bound: such a picture is never deleted for being too many. */
  readonly uncertain: boolean;
  /** A few words on what is seen or what is wrong with it. Shown to people, never acted upon. */
  readonly note?: string;
}

/** One decoded picture on its way to an evaluator. */
export interface EvaluationItem {
  /** Its number on the contact sheet, from 1. */
  readonly number: number;
  /** SHA-256 of the original file, in hex. */
  readonly digest: string;
  /** The picture at contact-sheet size: fits a square cell, aspect kept. */
  readonly tile: Raster;
  /** What `prepare` returned for it, if the evaluator has one. */
  readonly prepared: unknown;
  /** Reads the original again, for a closer look; at most a few pictures of an actor should need it. */
  readonly original: (signal?: AbortSignal) => Promise<Uint8Array>;
}

export interface EvaluationRequest {
  /** For logs and cost records only. */
  readonly actor: string;
  readonly items: readonly EvaluationItem[];
}

/** Verdicts by digest. A picture without one failed: it stays unknown, the rest counts. */
export interface EvaluationResult {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Why a picture has no verdict, by digest, as a sentence. */
  readonly failures: ReadonlyMap<string, string>;
  /** One short paragraph on the set as a whole. Shown to people, never acted upon. */
  readonly analysis?: string;
  /** US dollars spent, by the provider's own account of usage. */
  readonly costUsd: number;
}

/**
 * Port: says what each picture is. Implementations never decide what is done about it.
 *
 * `id` names everything that a verdict depends on (provider, model, prompt and taxonomy digest, settings): a verdict is kept for
 * as long as the id stays the same, so that a noisy model cannot make a plan flap.
 */
export interface Evaluator {
  readonly id: string;
  /**
   * Reduces a freshly decoded picture (at most 1024 px on its long side) to what `evaluate` will need of it, so that no picture is
   * decoded twice and no full picture is kept. Evaluators that look at tiles alone leave it out.
   */
  prepare?(raster: Raster, source: PictureFacts): Promise<unknown>;
  /**
   * Classifies the items. Rejects with a CallsheetError only when nothing at all can be said (`auth`, `quota`, `unavailable`,
   * `rate-limited`, `budget-exceeded`); a picture that fails alone is listed in `failures`.
   */
  evaluate(request: EvaluationRequest, signal?: AbortSignal): Promise<EvaluationResult>;
  /**
   * Looks once more, alone and closely, at pictures that are about to be deleted or that got low confidence. Absent where a second
   * look of the same evaluator would say the same.
   */
  confirm?(request: EvaluationRequest, signal?: AbortSignal): Promise<EvaluationResult>;
  /** What evaluating this many pictures costs as a rule, in US dollars; 0 when it is free, undefined when no price is known. */
  estimateCostUsd(pictures: number): number | undefined;
  /** The most that it costs as long as the provider answers, repeats of unusable answers included; undefined when no price is known. */
  maxCostUsd(pictures: number): number | undefined;
  /** Frees workers and memory. */
  [Symbol.asyncDispose]?(): Promise<void>;
}

/** Facts of the original file that its raster no longer tells. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  readonly format: string;
  readonly bytes: number;
}
