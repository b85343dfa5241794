import { hostname, userInfo } from 'node:os';
import { resolve } from 'node:path';
import PQueue from 'p-queue';
import type { Applying } from './apply/applying.ts';
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { CallsheetError } from './diagnostics/errors.ts';
import type { Evaluator } from './evaluator/evaluator.ts';
import type { Generator } from './generator/generator.ts';
import type { Actor } from './library/actor-manifest.ts';
import type { LibraryLayout } from './library/layout.ts';
import { parseUrlTemplate } from './library/url-template.ts';
import { createFileObjectStore } from './object-store/file-object-store.ts';
import type { ObjectStore } from './object-store/object-store.ts';
import { s3EndpointIn } from './object-store/s3-url.ts';
import { Stores } from './object-store/stores.ts';
import { ContentMemory } from './observe/content-memory.ts';
import { DirectInventory } from './observe/inventory.ts';
import type { Observing } from './observe/observing.ts';
import { Thumbnails } from './observe/thumbnails.ts';
import { type Clock, steadyClock, systemClock } from './runtime/clock.ts';
import { withSpans } from './runtime/tracing.ts';
import type { LibrarySettings } from './spec/library-settings.ts';
import { type LoadedSpecs, loadSpecs } from './spec/load-specs.ts';
import { targetOf } from './spec/matching.ts';
import type { ResolvedSpecs, ResolvedTaxonomy } from './spec/resolved-specs.ts';
import { createLeases } from './state-backend/leases.ts';
import { createLedgerMeter } from './state-backend/ledger-meter.ts';
import { createLedger } from './state-backend/stored-ledger.ts';
import { createSharedLimits } from './state-backend/stored-limits.ts';
import { type Reporter, silentReporter } from './views/events.ts';
import { aboutActor, createEvaluators, createGenerator } from './wire-providers.ts';
import { describeSpecs, openSpecSource, type SpecSourceOptions } from './wire-specs.ts';
import { isPostgres, openState } from './wire-state.ts';
import type { Workspace } from './workspace.ts';

export interface WorkspaceOptions {
  /** A folder or a git URL. */
  readonly specs: string;
  /** What relative paths of the Library start at, instead of what the spec source says. */
  readonly root?: string;
  /** `ssh:FILE` or `gpg:FILE`: see `openSpecSource`. */
  readonly verifySignatures?: string;
  readonly version: string;
  /** What this process does, for the message that others get when it holds a lease. */
  readonly command?: string;
  readonly report?: Reporter;
  /** Specs that have been loaded from the source already: what was checked is what is used. */
  readonly loaded?: LoadedSpecs;
  /** Of records, budgets and conditions. Leases keep real time whatever is given here: they are about other processes. */
  readonly clock?: Clock;
  /** Instead of the providers that the Library names; for embedding Callsheet with one's own. */
  readonly providers?: {
    readonly evaluator?: (taxonomy: ResolvedTaxonomy) => Evaluator;
    readonly generator?: (specs: ResolvedSpecs) => Generator;
  };
}

/** The specs cannot be used; `diagnostics` says why, all of it. */
export class SpecsInvalid extends CallsheetError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
    super('invalid-input', `the specs have ${errors} ${errors === 1 ? 'error' : 'errors'}`);
    this.diagnostics = diagnostics;
  }
}

/** Pictures that are read, decoded and held in memory at the same time. */
const READS = 16;
/** Pictures of one actor that are generated at the same time. */
const GENERATIONS = 4;

/**
 * Puts a library's workspace together: the only place that knows which adapter stands behind which port.
 *
 * @throws SpecsInvalid, or CallsheetError when a place or provider cannot be used as the specs say.
 */
export async function openWorkspace(options: WorkspaceOptions, signal?: AbortSignal): Promise<Workspace> {
  const clock = options.clock ?? systemClock;
  const { snapshot, specs, diagnostics } =
    options.loaded ??
    (await loadSpecs(openSpecSource(options.specs, sourceOptions(options)), { nowMs: clock.now() }, signal));
  if (specs === undefined || hasErrors(diagnostics)) throw new SpecsInvalid(diagnostics);
  const settings = specs.library;
  const root = options.root === undefined ? snapshot.root : resolve(options.root);
  const layout = layoutOf(settings, root);
  const stores = new Stores(
    { file: (folder) => createFileObjectStore({ root: folder }), s3: openBucket },
    fileRoots(layout),
  );
  const state = await openState({ url: settings.state, root }, signal);
  const leases = createLeases({
    state,
    ...(options.command === undefined ? {} : { command: options.command }),
  });
  const ledger = createLedger({ state, clock });
  const { providers } = options;
  const { perRun, perDay } = settings.limits.budget;
  const budget = {
    ...(perRun === undefined ? {} : { perRunUsd: perRun }),
    ...(perDay === undefined ? {} : { perDayUsd: perDay }),
  };
  const meter = createLedgerMeter(ledger, budget, clock);
  const shared = isPostgres(settings.state) ? createSharedLimits(state, systemClock) : undefined;
  const timer = options.clock ?? steadyClock;
  const report = options.report ?? silentReporter;
  const context = { clock, timer, random: Math.random, meter, env: process.env, shared, report };
  const evaluators = await createEvaluators(specs, context, providers?.evaluator);
  const maker = providers?.generator?.(specs) ?? (await createGenerator(specs, context));
  const generator = withSpans(
    maker,
    'generate',
    ['submit', 'collect'],
    aboutActor({ 'callsheet.generator': maker.id }),
  );
  const observing: Observing = {
    layout,
    stores,
    state,
    inventory: new DirectInventory(stores, root),
    evaluatorFor: (actor) => traceable(evaluators.get(taxonomyOf(specs, actor, clock.now()))!),
    thumbnails: new Thumbnails(state, settings.evaluator.thumbnail),
    memory: new ContentMemory(),
    thumbnail: settings.evaluator.thumbnail,
    columns: settings.evaluator.columns,
    confirm: settings.evaluator.confirm,
    limits: settings.limits,
    reads: new PQueue({ concurrency: READS }),
    clock,
    report,
  };
  const applying: Applying = {
    observing,
    generator,
    leases,
    ledger,
    budget,
    trashRetentionMs: settings.trash.retentionMs,
    categories: describeCategories(specs),
    generations: GENERATIONS,
  };
  return {
    specs,
    diagnostics,
    source: {
      kind: snapshot.revision.kind,
      revision: snapshot.revision.id,
      specDigest: specs.digest,
      ...(await describeSpecs(options.specs, process.env, signal)),
    },
    settings,
    layout,
    stores,
    state,
    leases,
    ledger,
    evaluatorId: [...new Set([...evaluators.values()].map((evaluator) => evaluator.id))].sort().join(','),
    generator,
    observing,
    applying,
    clock,
    random: Math.random,
    version: options.version,
    who: options.command === 'controller' ? `controller@${hostname()}` : whoAmI(),
    report,
    async [Symbol.asyncDispose]() {
      for (const evaluator of evaluators.values()) await evaluator[Symbol.asyncDispose]?.();
      await generator[Symbol.asyncDispose]?.();
      await state[Symbol.asyncDispose]?.();
    },
  };
}

function sourceOptions({ root, verifySignatures }: WorkspaceOptions): SpecSourceOptions {
  return {
    ...(root === undefined ? {} : { root: resolve(root) }),
    ...(verifySignatures === undefined ? {} : { verifySignatures }),
  };
}

function layoutOf({ actors, manifests, images }: LibrarySettings, root: string): LibraryLayout {
  const endpoint = s3EndpointIn(process.env);
  return {
    root,
    ...(endpoint === undefined ? {} : { endpoint }),
    actors: parseUrlTemplate(actors, root),
    manifests: parseUrlTemplate(manifests, root),
    images: parseUrlTemplate(images, root, { folder: true }),
  };
}

/** Folders that the specs name: nothing else on the disk is ever read or written as part of the library. */
function fileRoots({ root, actors, manifests, images }: LibraryLayout): string[] {
  const bases = [actors.base, manifests.base, images.base];
  return [root, ...bases.flatMap((base) => (base.kind === 'file' ? [base.path] : []))];
}

async function openBucket(bucket: string, prefix = ''): Promise<ObjectStore> {
  const { openS3ObjectStore } = await import('./object-store/s3-object-store.ts');
  return await openS3ObjectStore({ bucket, prefix });
}

function traceable(evaluator: Evaluator): Evaluator {
  return withSpans(
    evaluator,
    'evaluate',
    ['evaluate', 'confirm'],
    aboutActor({ 'callsheet.evaluator': evaluator.id }),
  );
}

function taxonomyOf(specs: ResolvedSpecs, actor: Actor, nowMs: number): string {
  const found = targetOf(specs, actor, nowMs);
  return found.kind === 'target' ? found.target.taxonomy : 'default';
}

function describeCategories({ taxonomies }: ResolvedSpecs): Map<string, string> {
  const all = [...taxonomies.values()].flatMap((taxonomy) => taxonomy.categories);
  return new Map(all.map(({ name, title, description }) => [name, `${title}: ${description}`]));
}

function whoAmI(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}@${hostname()}`;
  }
}
