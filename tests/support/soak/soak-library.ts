import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../../controller/plan/plan.ts';
import type { ActorRecord } from '../../../controller/records/actor-record.ts';
import type { RunRecord } from '../../../controller/records/run-record.ts';
import type { LeaseDocument } from '../../../controller/state-backend/lease.ts';
import type { LedgerPage } from '../../../controller/state-backend/ledger-page.ts';
import { buildLibrary, some } from '../build-library.ts';

export const SOAK_ACTORS = ['0001', '0002', '0003', '0004', '0005', '0006'];
/** Deletes that the guards let through within a day. */
export const DELETES_A_DAY = 8;

const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: soak }
spec:
  apply: auto
  interval: 2h
  guards: { maxDeletes: ${DELETES_A_DAY}, maxDeleteShare: 100 }
  rollout: { canary: 1, batch: 3, maxFailures: 6 }
  limits: { budget: { perDay: 2 } }
  trash: { retention: 5d }
`;

export interface Entry {
  readonly key: string;
  readonly pinned?: boolean;
}

/** The library of a soak, and its state, as they lie on the disk. */
export class SoakLibrary {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** Six actors who have too little, enough and too much; each with a pinned picture. */
  async build(photorealistic: number): Promise<void> {
    await buildLibrary(
      this.root,
      SOAK_ACTORS.map((id, index) => {
        const [first, ...others] = some('photorealistic', 1 + (index % 4));
        const drawn = [...some('bw_stylized', 1), ...some('color_stylized', 1)];
        return { id, images: [{ ...first!, pinned: true }, ...others, ...drawn] };
      }),
      { 'library.yaml': LIBRARY, 'film.yaml': distribution(photorealistic) },
    );
  }

  async setTarget(photorealistic: number): Promise<void> {
    await this.writeSpec(distribution(photorealistic));
  }

  async writeSpec(text: string): Promise<void> {
    await writeFile(join(this.root, 'specs/film.yaml'), text);
  }

  folder(actor: string): string {
    return `data/actors/${actor}/training_data`;
  }

  manifestPath(actor: string): string {
    return join(this.root, this.folder(actor), 'manifest.json');
  }

  async manifest(actor: string): Promise<{ images: Entry[] }> {
    return JSON.parse(await readFile(this.manifestPath(actor), 'utf8'));
  }

  /** Undefined while somebody has broken it. */
  entries(actor: string): Entry[] | undefined {
    try {
      return (JSON.parse(readFileSync(this.manifestPath(actor), 'utf8')) as { images: Entry[] }).images;
    } catch {
      return undefined;
    }
  }

  has(key: string): boolean {
    return existsSync(join(this.root, key));
  }

  /** Digests of every picture in the actors' folders and in the trash. */
  contents(): Set<string> {
    const folders = SOAK_ACTORS.map((actor) => join(this.root, this.folder(actor), 'images'));
    const trashed = this.records().flatMap(({ trash }) => trash.map((item) => join(this.root, item.trashed)));
    const paths = [
      ...folders.flatMap((folder) => picturesOf(folder)),
      ...trashed.filter((path) => existsSync(path)),
    ];
    return new Set(paths.map((path) => createHash('sha256').update(readFileSync(path)).digest('hex')));
  }

  records(): ActorRecord[] {
    return this.documents<ActorRecord>('actors');
  }

  runs(): RunRecord[] {
    return this.documents<RunRecord>('runs');
  }

  plan(id: string): Plan | undefined {
    const path = join(this.root, 'state/plans', `${id}.json`);
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Plan) : undefined;
  }

  /** US dollars on all pages of the ledger, spent or reserved. */
  ledgerUsd(): number {
    const micros = this.documents<LedgerPage>('ledger').flatMap(({ reserved, spent }) => [
      ...Object.values(reserved).map((open) => open.micros),
      ...spent.map((line) => line.micros),
    ]);
    return micros.reduce((sum, some) => sum + some, 0) / 1e6;
  }

  /** As when their holder is gone: here it is a part of this process, which lives. */
  async endLeases(): Promise<void> {
    const folder = join(this.root, 'state/leases');
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      if (!name.endsWith('.json')) continue;
      const lease = JSON.parse(readFileSync(join(folder, name), 'utf8')) as LeaseDocument;
      await writeFile(join(folder, name), JSON.stringify({ ...lease, expiresAt: '1970-01-01T00:00:00Z' }));
    }
  }

  private documents<T>(folder: string): T[] {
    const path = join(this.root, 'state', folder);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(path, name), 'utf8')) as T);
  }
}

function picturesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name));
}

export function distribution(photorealistic: number): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${photorealistic + 2}
  tolerance: { images: 0 }
  categories:
    photorealistic: { count: ${photorealistic} }
    bw_stylized: { count: 1 }
    color_stylized: { count: 1 }
`;
}
