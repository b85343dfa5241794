import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReplicateGenerator } from '../../controller/generator/replicate/replicate-generator.ts';
import { createCallGate } from '../../controller/runtime/call-gate.ts';
import { CircuitBreaker } from '../../controller/runtime/circuit-breaker.ts';
import { systemClock } from '../../controller/runtime/clock.ts';
import { RateLimiter } from '../../controller/runtime/rate-limiter.ts';
import type { ResolvedSpecs } from '../../controller/spec/resolved-specs.ts';
import type { Reporter } from '../../controller/views/events.ts';
import { openWorkspace } from '../../controller/wire.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { FILM } from './build-library.ts';
import { type OpenAiServer, type OpenAiServerOptions, startOpenAiServer } from './openai-server.ts';
import {
  type ReplicateServer,
  type ReplicateServerOptions,
  startReplicateServer,
} from './replicate-server.ts';
import { S3Server, type S3ServerOptions } from './s3-server.ts';
import { lookAt, paint } from './studio-model.ts';

export interface StudioOptions {
  readonly s3?: S3ServerOptions;
  readonly openai?: Partial<OpenAiServerOptions>;
  readonly replicate?: Partial<ReplicateServerOptions>;
  /** Share of generated pictures of another category than was asked for. */
  readonly wrong?: number;
}

export const KEYS = {
  OPENAI_API_KEY: 'sk-studio-secret',
  REPLICATE_API_TOKEN: 'r8_studio_secret',
  AWS_ACCESS_KEY_ID: 'AKIASTUDIO',
  AWS_SECRET_ACCESS_KEY: 'studio-aws-secret',
} as const;

/** The studio's providers on loopback, and a folder for its specs. While one lives, the environment of this process points at it. */
export class Studio implements AsyncDisposable {
  readonly s3: S3Server;
  readonly openai: OpenAiServer;
  readonly replicate: ReplicateServer;
  /** Holds `specs`, and the state where that is in files. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly #before: NodeJS.ProcessEnv;

  private constructor(s3: S3Server, openai: OpenAiServer, replicate: ReplicateServer, root: string) {
    this.s3 = s3;
    this.openai = openai;
    this.replicate = replicate;
    this.root = root;
    this.env = {
      ...KEYS,
      AWS_ENDPOINT_URL_S3: s3.url,
      OPENAI_BASE_URL: openai.baseUrl,
      REPLICATE_BASE_URL: replicate.baseUrl,
    };
    this.#before = { ...process.env };
    Object.assign(process.env, this.env);
  }

  static async open(options: StudioOptions = {}): Promise<Studio> {
    const s3 = await S3Server.start({ buckets: ['studio', 'images', 'legacy'], ...options.s3 });
    const openai = await startOpenAiServer({ answer: lookAt, key: KEYS.OPENAI_API_KEY, ...options.openai });
    const replicate = await startReplicateServer({
      fate: (order) => paint(order, options.wrong),
      token: KEYS.REPLICATE_API_TOKEN,
      pollsUntilDone: 0,
      ...options.replicate,
    });
    return new Studio(s3, openai, replicate, await mkdtemp(join(tmpdir(), 'callsheet-studio-')));
  }

  /** @param library fields of the Library's spec, as YAML of two spaces' indent. */
  async writeSpecs(
    library = '',
    state = 's3://studio/state/',
    model = 'black-forest-labs/flux-kontext-pro',
  ): Promise<void> {
    await mkdir(join(this.root, 'specs'), { recursive: true });
    await writeFile(join(this.root, 'specs/film.yaml'), FILM);
    await writeFile(
      join(this.root, 'specs/library.yaml'),
      `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: studio }
spec:
  actors: s3://studio/data/actor_manifests/{actor}.json
  manifests: s3://studio/data/actors/{actor}/training_data/manifest.json
  images: s3://images/actors/{actor}/
  state: ${state}
  evaluator: { provider: openai }
  generator: { provider: replicate, model: ${model} }
  guards: { maxDeleteShare: 100 }
${library}`,
    );
  }

  /** The library, opened as the command line does; orders that were lost show up soon in the provider's list. */
  async workspace(report?: Reporter): Promise<Workspace> {
    return await openStudioWorkspace(this.root, report);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.env = this.#before;
    await Promise.all([this.s3, this.openai, this.replicate].map((server) => server[Symbol.asyncDispose]()));
    await rm(this.root, { recursive: true, force: true });
  }
}

/** How long a test waits for an order to show up in the list; at the real provider it is ten seconds. */
const SETTLE_MS = 150;

export async function openStudioWorkspace(root: string, report?: Reporter): Promise<Workspace> {
  return await openWorkspace({
    specs: join(root, 'specs'),
    version: '0.0.0-test',
    ...(report === undefined ? {} : { report }),
    providers: { generator: replicateOf },
  });
}

/** As `wire-providers.ts` makes it, but for the time that a lost order is waited for. */
function replicateOf({ library: { generator, limits } }: ResolvedSpecs) {
  const clock = systemClock;
  return createReplicateGenerator({
    token: process.env.REPLICATE_API_TOKEN,
    baseUrl: process.env.REPLICATE_BASE_URL,
    model: generator.model,
    mapping: generator.inputMapping,
    input: generator.input,
    outputFormat: generator.outputFormat,
    priceUsd: generator.priceUsd,
    limits: { maxPixels: limits.maxImagePixels, maxBytes: limits.maxImageBytes },
    settleMs: SETTLE_MS,
    timeoutMs: 3_000,
    gate: createCallGate({
      limiter: new RateLimiter({ provider: 'replicate', ...limits.perProvider.replicate, clock }),
      breaker: new CircuitBreaker({ provider: 'replicate', clock }),
      clock,
      random: Math.random,
    }),
    clock,
  });
}
