import { resolve } from 'node:path';
import { unmetered } from './evaluator/call-meter.ts';
import { type Location, parseLocation } from './library/location.ts';
import { parseUrlTemplate } from './library/url-template.ts';
import type { ObjectStore } from './object-store/object-store.ts';
import { s3EndpointIn } from './object-store/s3-url.ts';
import type { Clock } from './runtime/clock.ts';
import { askService } from './runtime/service-check.ts';
import { loadSpecs } from './spec/load-specs.ts';
import type { ResolvedSpecs } from './spec/resolved-specs.ts';
import { bad, type Examination, good } from './usecases/doctor.ts';
import { examinePlace, examineState, type Place } from './usecases/doctor-places.ts';
import {
  examineBudget,
  examineClock,
  examineImageModel,
  examineVisionModel,
} from './usecases/doctor-providers.ts';
import { countOf } from './views/text.ts';
import { createEvaluators, createGenerator } from './wire-providers.ts';
import { openSpecSource, type SpecSourceOptions } from './wire-specs.ts';
import { openState } from './wire-state.ts';

export interface DoctorOptions extends SpecSourceOptions {
  readonly specs: string;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Everything that can be looked at for the library of these specs. Nothing is opened before it is examined, so that one fault hides no other. */
export async function prepareDoctor(options: DoctorOptions, signal?: AbortSignal): Promise<Examination[]> {
  const { clock } = options;
  const source = openSpecSource(options.specs, options);
  const loading = await loadSpecs(source, { nowMs: clock.now() }, signal);
  const { specs, diagnostics, snapshot } = loading;
  if (specs === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    const found = bad(
      `the specs have ${errors} errors`,
      'See "callsheet validate"; the rest can only be looked at when they are right.',
    );
    return [{ name: 'specs', run: async () => [found] }];
  }
  const root = options.root === undefined ? snapshot.root : resolve(options.root);
  return [
    {
      name: 'specs',
      run: async () => [good(`the specs are valid (${countOf(snapshot.files.length, 'file')})`)],
    },
    { name: 'git', run: examineGit },
    ...placesOf(specs, root).map(examinePlace),
    stateOf(specs, root, options.env),
    ...(await providersOf(specs, options)),
  ];
}

async function examineGit() {
  const { execa } = await import('execa');
  const { stdout, exitCode } = await execa('git', ['--version'], { reject: false });
  const version = /\d+\.\d+(\.\d+)?/.exec(stdout ?? '')?.[0];
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const hint = 'Install git 2.31 or newer; specs from git and the revision in plans need it.';
  if (exitCode !== 0 || version === undefined) return [bad('git is not installed', hint)];
  return [
    major > 2 || (major === 2 && minor >= 31)
      ? good(`git ${version}`)
      : bad(`git ${version} is too old`, hint),
  ];
}

function placesOf({ library }: ResolvedSpecs, root: string): Place[] {
  return (['actors', 'manifests', 'images'] as const).map((field) => {
    const { base } = parseUrlTemplate(library[field], root, { folder: field === 'images' });
    return {
      field,
      url: library[field],
      prefix: base.kind === 's3' ? base.key : '',
      ...(base.kind === 'file' ? { path: base.path } : {}),
      open: async () => await openPlace(base),
    };
  });
}

async function openPlace(base: Location): Promise<ObjectStore> {
  if (base.kind === 'file') {
    const { createFileObjectStore } = await import('./object-store/file-object-store.ts');
    return createFileObjectStore({ root: base.path });
  }
  const { openS3ObjectStore } = await import('./object-store/s3-object-store.ts');
  return await openS3ObjectStore({ bucket: base.bucket });
}

function stateOf({ library }: ResolvedSpecs, root: string, env: DoctorOptions['env']): Examination {
  const isFolder = !/^(s3|postgres(ql)?):/i.test(library.state);
  const place = isFolder ? parseLocation(library.state, root) : undefined;
  return examineState(
    async (signal) => await openState({ url: library.state, root, env }, signal),
    place?.kind === 'file' ? place.path : undefined,
  );
}

async function providersOf(specs: ResolvedSpecs, { clock, env }: DoctorOptions): Promise<Examination[]> {
  const { evaluator, generator, limits } = specs.library;
  const context = { clock, random: Math.random, meter: unmetered, env };
  const examinations: Examination[] = [];
  const asks: Parameters<typeof examineClock>[0][number][] = [];
  if (evaluator.provider === 'openai') {
    const { checkOpenAiModel } = await import('./evaluator/openai/check-model.ts');
    const [first] = (await createEvaluators(specs, context)).values();
    const connection = { apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL };
    const ask = async (signal?: AbortSignal) => await checkOpenAiModel(connection, evaluator.model, signal);
    const priceKnown = first?.estimateCostUsd(1) !== undefined;
    examinations.push(
      examineVisionModel({ model: evaluator.model, priceKnown, ask, now: () => clock.now() }),
    );
    asks.push(ask);
  }
  if (generator.provider === 'replicate') {
    const { checkReplicateModel } = await import('./generator/replicate/check-model.ts');
    const { priceUsd } = await createGenerator(specs, context);
    const connection = { token: env.REPLICATE_API_TOKEN, baseUrl: env.REPLICATE_BASE_URL };
    const inputs = [...Object.values(generator.inputMapping), ...Object.keys(generator.input)];
    const ask = async (signal?: AbortSignal) =>
      await checkReplicateModel(connection, generator.model, inputs, signal);
    examinations.push(examineImageModel({ model: generator.model, priceUsd, ask }));
    asks.push(ask);
  }
  const buckets = [specs.library.images, specs.library.manifests, specs.library.state].some((url) =>
    /^s3:/i.test(url),
  );
  if (buckets) {
    const endpoint = s3EndpointIn(env) ?? 'https://s3.amazonaws.com';
    asks.push(async (signal) => await askService(endpoint, undefined, signal));
  }
  const isPaid = evaluator.provider !== 'local' || generator.provider !== 'local';
  const { perRun, perDay } = limits.budget;
  return [
    ...examinations,
    examineClock(asks, () => clock.now()),
    examineBudget({ isPaid, perRunUsd: perRun, perDayUsd: perDay }),
  ];
}
