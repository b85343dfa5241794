import { parseDuration } from './duration.ts';
import type { EvaluatorSpec, GeneratorSpec, LibrarySpec, Notification } from './library.generated.ts';
import { readSuspend } from './suspend.ts';
import type { Suspension } from './target.ts';

/**
 * A Library with every default filled in and every unit read: milliseconds, US dollars, percent. URLs are still as they were written;
 * relative `file:` URLs start at the snapshot's root.
 */
export interface LibrarySettings {
  readonly name: string;
  /** URL templates with the placeholder `{actor}`. */
  readonly actors: string;
  readonly manifests: string;
  /** Ends in `/`. */
  readonly images: string;
  /** `file:`, `s3:` or `postgres:` URL. */
  readonly state: string;
  readonly evaluator: EvaluatorSettings;
  readonly generator: GeneratorSettings;
  readonly limits: LimitSettings;
  readonly guards: GuardSettings;
  readonly apply: 'auto' | 'manual';
  readonly rollout: { readonly canary: number; readonly batch: number; readonly maxFailures: number };
  /** Empty: always. */
  readonly windows: readonly WindowSettings[];
  readonly intervalMs: number;
  readonly trash: { readonly retentionMs: number };
  /** Never shorter than the trash's. */
  readonly history: { readonly retentionMs: number };
  readonly suspended: Suspension | undefined;
  readonly notifications: readonly Notification[];
}

export interface EvaluatorSettings extends Omit<EvaluatorSpec, 'model'> {
  readonly provider: 'local' | 'openai';
  /** `local` for the local evaluator. */
  readonly model: string;
  /** Pixels. */
  readonly thumbnail: number;
  readonly columns: number;
  readonly confirm: boolean;
  readonly detail: 'low' | 'high' | 'auto' | 'original';
}

export interface GeneratorSettings extends Omit<GeneratorSpec, 'inputMapping'> {
  readonly provider: 'local' | 'replicate';
  /** `local` for the local generator. */
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly inputMapping: { readonly prompt: string; readonly image: string; readonly seed: string };
  readonly maxAttempts: number;
  readonly outputFormat: 'jpg' | 'png';
}

export interface ProviderLimits {
  readonly concurrency: number;
  readonly requestsPerMinute: number;
}

export interface LimitSettings {
  /** Actors at the same time. */
  readonly concurrency: number;
  readonly perProvider: { readonly openai: ProviderLimits; readonly replicate: ProviderLimits };
  /** US dollars. Undefined: no bound. */
  readonly budget: { readonly perRun: number | undefined; readonly perDay: number | undefined };
  readonly maxImageBytes: number;
  readonly maxImagePixels: number;
}

export interface GuardSettings {
  readonly maxDeletes: number | undefined;
  /** Percent of the images seen. */
  readonly maxDeleteShare: number;
  readonly minUsable: number;
}

export interface WindowSettings {
  /** Cron expression of five fields. */
  readonly schedule: string;
  readonly durationMs: number;
  /** IANA name. */
  readonly timeZone: string;
}

/** Fills in the defaults that `schemas/library.schema.json` documents. The spec must have passed the schema. */
export function librarySettings(name: string, spec: LibrarySpec): LibrarySettings {
  return {
    name,
    actors: spec.actors ?? 'file:data/actor_manifests/{actor}.json',
    manifests: spec.manifests ?? 'file:data/actors/{actor}/training_data/manifest.json',
    images: withSlash(spec.images ?? 'file:data/actors/{actor}/training_data/images/'),
    state: spec.state ?? 'file:state/',
    evaluator: evaluatorSettings(spec.evaluator ?? {}),
    generator: generatorSettings(spec.generator ?? {}),
    limits: limitSettings(spec.limits ?? {}),
    guards: {
      maxDeletes: spec.guards?.maxDeletes,
      maxDeleteShare: spec.guards?.maxDeleteShare ?? 50,
      minUsable: spec.guards?.minUsable ?? 1,
    },
    apply: spec.apply ?? 'manual',
    rollout: {
      canary: spec.rollout?.canary ?? 5,
      batch: spec.rollout?.batch ?? 50,
      maxFailures: spec.rollout?.maxFailures ?? 3,
    },
    windows: (spec.windows ?? []).map(({ schedule, duration, timeZone = 'UTC' }) => ({
      schedule: schedule.trim(),
      durationMs: milliseconds(duration),
      timeZone,
    })),
    intervalMs: milliseconds(spec.interval ?? '10m'),
    trash: { retentionMs: milliseconds(spec.trash?.retention ?? '30d') },
    history: {
      retentionMs: Math.max(
        milliseconds(spec.history?.retention ?? '365d'),
        milliseconds(spec.trash?.retention ?? '30d'),
      ),
    },
    suspended: readSuspend(spec.suspend),
    notifications: spec.notifications ?? [],
  };
}

function evaluatorSettings(spec: EvaluatorSpec): EvaluatorSettings {
  const provider = spec.provider ?? 'local';
  return {
    ...spec,
    provider,
    model: provider === 'local' ? 'local' : (spec.model ?? 'gpt-4.1-mini'),
    thumbnail: spec.thumbnail ?? 200,
    columns: spec.columns ?? 5,
    confirm: spec.confirm ?? true,
    detail: spec.detail ?? 'high',
  };
}

function generatorSettings(spec: GeneratorSpec): GeneratorSettings {
  const provider = spec.provider ?? 'local';
  const { prompt = 'prompt', image = 'input_image', seed = 'seed' } = spec.inputMapping ?? {};
  return {
    ...spec,
    provider,
    model: provider === 'local' ? 'local' : (spec.model ?? 'black-forest-labs/flux-kontext-pro'),
    input: spec.input ?? {},
    inputMapping: { prompt, image, seed },
    maxAttempts: spec.maxAttempts ?? 3,
    outputFormat: spec.outputFormat ?? 'jpg',
  };
}

function limitSettings(spec: NonNullable<LibrarySpec['limits']>): LimitSettings {
  return {
    concurrency: spec.concurrency ?? 32,
    perProvider: {
      openai: { concurrency: 32, requestsPerMinute: 500, ...spec.perProvider?.openai },
      replicate: { concurrency: 16, requestsPerMinute: 300, ...spec.perProvider?.replicate },
    },
    budget: { perRun: spec.budget?.perRun, perDay: spec.budget?.perDay },
    maxImageBytes: spec.maxImageBytes ?? 52_428_800,
    maxImagePixels: spec.maxImagePixels ?? 100_000_000,
  };
}

/** The schema has checked the form; what is too long to count in milliseconds is endless. */
function milliseconds(duration: string): number {
  return parseDuration(duration) ?? Number.MAX_SAFE_INTEGER;
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
