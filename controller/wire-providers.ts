import type { CallMeter } from './evaluator/call-meter.ts';
import type { Evaluator } from './evaluator/evaluator.ts';
import type { GenerationOrder, Generator } from './generator/generator.ts';
import { type CallGate, createCallGate } from './runtime/call-gate.ts';
import { CircuitBreaker } from './runtime/circuit-breaker.ts';
import { type Clock, steadyClock } from './runtime/clock.ts';
import { RateLimiter } from './runtime/rate-limiter.ts';
import type { SharedLimits } from './runtime/shared-limits.ts';
import type { SpanAttributes } from './runtime/tracing.ts';
import type { LibrarySettings, ProviderLimits } from './spec/library-settings.ts';
import type { ResolvedSpecs, ResolvedTaxonomy } from './spec/resolved-specs.ts';
import type { Reporter } from './views/events.ts';

/** What providers share with the rest of the process. */
export interface ProviderContext {
  readonly clock: Clock;
  /** Steady; `steadyClock` unless given. Of limits, pauses and breakers: a wall clock that is set back must not make them last for hours. */
  readonly timer?: Clock;
  readonly random: () => number;
  readonly meter: CallMeter;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where several processes work on the library: limits are theirs together. */
  readonly shared?: SharedLimits | undefined;
  readonly report?: Reporter;
}

/** Evaluators by taxonomy: each is told the categories of its own. Providers are loaded when a Library names them. */
export async function createEvaluators(
  specs: ResolvedSpecs,
  context: ProviderContext,
  make?: (taxonomy: ResolvedTaxonomy) => Evaluator,
): Promise<Map<string, Evaluator>> {
  const used = new Set(['default', ...specs.distributions.map(({ target }) => target.taxonomy)]);
  const gate = providerGate('openai', specs.library.limits.perProvider.openai, context);
  const evaluators = new Map<string, Evaluator>();
  for (const name of used) {
    const taxonomy = specs.taxonomies.get(name);
    if (taxonomy === undefined) continue;
    evaluators.set(name, make?.(taxonomy) ?? (await createEvaluator(specs.library, taxonomy, gate, context)));
  }
  return evaluators;
}

async function createEvaluator(
  { evaluator, limits }: LibrarySettings,
  { categories }: ResolvedTaxonomy,
  gate: CallGate,
  { clock, meter, env }: ProviderContext,
): Promise<Evaluator> {
  if (evaluator.provider === 'local') {
    const { createLocalEvaluator } = await import('./evaluator/local/local-evaluator.ts');
    const styled = categories.map(({ name, local }) => ({
      name,
      local:
        local === undefined ? undefined : { medium: local.medium, colour: local.colour ?? ('any' as const) },
    }));
    return createLocalEvaluator({ categories: styled, uncertainBelow: evaluator.minimumConfidence });
  }
  const { createOpenAiEvaluator } = await import('./evaluator/openai/openai-evaluator.ts');
  return createOpenAiEvaluator({
    apiKey: env.OPENAI_API_KEY,
    baseUrl: env.OPENAI_BASE_URL,
    protocol: evaluator.api,
    model: evaluator.model,
    detail: evaluator.detail,
    reasoningEffort: evaluator.reasoningEffort,
    temperature: evaluator.temperature,
    minimumConfidence: evaluator.minimumConfidence,
    price: evaluator.pricePerMillionTokens,
    categories,
    layout: { thumbnail: evaluator.thumbnail, columns: evaluator.columns },
    limits: { maxPixels: limits.maxImagePixels, maxBytes: limits.maxImageBytes },
    gate,
    meter,
    clock,
  });
}

export async function createGenerator(
  { library, taxonomies }: ResolvedSpecs,
  context: ProviderContext,
): Promise<Generator> {
  const { generator, limits } = library;
  if (generator.provider === 'local') {
    const { createLocalGenerator } = await import('./generator/local/local-generator.ts');
    return createLocalGenerator({
      categories: [...taxonomies.values()].flatMap((taxonomy) => taxonomy.categories),
    });
  }
  const { createReplicateGenerator } = await import('./generator/replicate/replicate-generator.ts');
  return createReplicateGenerator({
    token: context.env.REPLICATE_API_TOKEN,
    baseUrl: context.env.REPLICATE_BASE_URL,
    model: generator.model,
    mapping: generator.inputMapping,
    input: generator.input,
    outputFormat: generator.outputFormat,
    priceUsd: generator.priceUsd,
    limits: { maxPixels: limits.maxImagePixels, maxBytes: limits.maxImageBytes },
    gate: providerGate('replicate', limits.perProvider.replicate, context),
    clock: context.clock,
  });
}

/** One gate a provider: its limits, its pauses and its breaker hold for all workers together. */
export function providerGate(
  provider: string,
  limits: ProviderLimits,
  { clock: wall, timer = steadyClock, random, shared, report }: Omit<ProviderContext, 'meter' | 'env'>,
): CallGate {
  // What processes tell each other is in the time that they share.
  const clock = shared === undefined ? timer : wall;
  return createCallGate({
    limiter: new RateLimiter({ provider, ...limits, clock, shared }),
    breaker: new CircuitBreaker({
      provider,
      clock,
      onOpen: (untilMs) => void shared?.pause(provider, untilMs),
    }),
    clock,
    random,
    onFailure: (code) => report?.({ type: 'provider-failed', provider, code }),
  });
}

/** What a span says of a call that is about one actor: orders and requests name theirs. */
export function aboutActor(attributes: SpanAttributes): (values: readonly unknown[]) => SpanAttributes {
  return (values) => {
    const { actor } = values.find((value) => isAboutActor(value)) ?? {};
    return actor === undefined ? attributes : { ...attributes, 'callsheet.actor': actor };
  };
}

function isAboutActor(value: unknown): value is Pick<GenerationOrder, 'actor'> {
  return typeof value === 'object' && value !== null && 'actor' in value && typeof value.actor === 'string';
}
