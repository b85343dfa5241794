import { CallsheetError } from './diagnostics/errors.ts';
import type { CallMeter } from './evaluator/call-meter.ts';
import type { Evaluator } from './evaluator/evaluator.ts';
import type { Clock } from './runtime/clock.ts';
import type { EvaluatorSettings } from './spec/library-settings.ts';
import { loadSpecs } from './spec/load-specs.ts';
import { createEvaluators } from './wire-providers.ts';
import { openSpecSource, type SpecSourceOptions } from './wire-specs.ts';

export interface CalibratorOptions extends SpecSourceOptions {
  readonly specs: string;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Instead of the Library's. */
  readonly provider?: 'local' | 'openai';
  readonly model?: string;
  /** US dollars; no call is made that could exceed it. */
  readonly budgetUsd: number;
}

export interface Calibrator {
  readonly evaluator: Evaluator;
  readonly categories: readonly string[];
  readonly thumbnail: number;
  readonly limits: { readonly maxPixels: number; readonly maxBytes: number };
}

/** The evaluator of the library, or another one with the library's taxonomy. @throws CallsheetError `invalid-input` when the specs have errors. */
export async function openCalibrator(options: CalibratorOptions, signal?: AbortSignal): Promise<Calibrator> {
  const { clock, env, budgetUsd } = options;
  const { specs } = await loadSpecs(openSpecSource(options.specs, options), { nowMs: clock.now() }, signal);
  if (specs === undefined)
    throw new CallsheetError('invalid-input', 'the specs have errors', { hint: 'See "callsheet validate".' });
  const library = { ...specs.library, evaluator: chosen(specs.library.evaluator, options) };
  const context = { clock, random: Math.random, meter: boundedMeter(budgetUsd), env };
  const evaluators = await createEvaluators({ ...specs, library }, context);
  const { maxImagePixels, maxImageBytes } = library.limits;
  return {
    evaluator: evaluators.get('default')!,
    categories: specs.taxonomies.get('default')!.categories.map(({ name }) => name),
    thumbnail: library.evaluator.thumbnail,
    limits: { maxPixels: maxImagePixels, maxBytes: maxImageBytes },
  };
}

const DEFAULT_MODEL = { local: 'local', openai: 'gpt-4.1-mini' } as const;

function chosen(
  spec: EvaluatorSettings,
  { provider = spec.provider, model }: CalibratorOptions,
): EvaluatorSettings {
  const name = model ?? (provider === spec.provider ? spec.model : DEFAULT_MODEL[provider]);
  if (provider === spec.provider && name === spec.model) return spec;
  // A price belongs to its model.
  const { pricePerMillionTokens: _price, minimumConfidence, ...rest } = spec;
  const sameKind = provider === spec.provider && minimumConfidence !== undefined;
  return { ...rest, ...(sameKind ? { minimumConfidence } : {}), provider, model: name };
}

/** Counts in memory: what is measured here belongs to no run of the library. */
function boundedMeter(budgetUsd: number): CallMeter {
  let takenUsd = 0;
  return {
    async reserve({ maxUsd }) {
      if (takenUsd + maxUsd > budgetUsd)
        throw new CallsheetError(
          'budget-exceeded',
          `the next call could exceed the budget of $${budgetUsd}`,
          { hint: 'Give a higher --budget.' },
        );
      takenUsd += maxUsd;
      return async (usd) => {
        takenUsd += usd - maxUsd;
      };
    },
  };
}
