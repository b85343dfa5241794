import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActorRecord } from '../../controller/records/actor-record.ts';
import { readBooks } from './colour-generator.ts';

/** Everything a library holds, read straight from the disk: the judge of what the code under test says it did. */
export interface Audit {
  /** Digest of every picture in a training set, by actor. */
  readonly sets: ReadonlyMap<string, readonly string[]>;
  /** Digests in the trash. */
  readonly trashed: ReadonlySet<string>;
  /** Manifest entries without an object. */
  readonly dangling: readonly string[];
  /** Objects without an entry. */
  readonly orphans: readonly string[];
  /** Actors with an open journal. */
  readonly open: readonly string[];
  /** Orders that the provider took. */
  readonly paid: number;
}

/** @param records of all actors, where they are not files below the root. */
export function audit(root: string, records: readonly ActorRecord[] = readRecords(root)): Audit {
  const sets = new Map<string, string[]>();
  const dangling: string[] = [];
  const orphans: string[] = [];
  for (const actor of readdirSync(join(root, 'data/actors'))) {
    const folder = join(root, 'data/actors', actor, 'training_data');
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      images: (string | { key: string })[];
    };
    const paths = manifest.images.map((entry) => (typeof entry === 'string' ? entry : entry.key));
    const present = paths.filter((path) => existsSync(join(root, path)));
    dangling.push(...paths.filter((path) => !present.includes(path)));
    sets.set(
      actor,
      present.map((path) => digestOf(join(root, path))),
    );
    for (const name of readdirSync(join(folder, 'images'))) {
      // What a killed process was about to write stays in a hidden folder until somebody writes there again.
      if (name.startsWith('.callsheet-')) continue;
      const path = `data/actors/${actor}/training_data/images/${name}`;
      if (!paths.includes(path)) orphans.push(path);
    }
  }
  const trashed = new Set(
    records.flatMap((record) =>
      record.trash.filter((item) => existsSync(join(root, item.trashed))).map((item) => item.digest),
    ),
  );
  const open = records.filter((record) => record.journal !== undefined).map((record) => record.actor);
  return {
    sets,
    trashed,
    dangling,
    orphans,
    open,
    paid: readBooks(join(root, 'provider-books.jsonl')).length,
  };
}

/** Every content that is in a set or in the trash: what was there once must stay among it. */
export function held({ sets, trashed }: Audit): Set<string> {
  return new Set([...[...sets.values()].flat(), ...trashed]);
}

function readRecords(root: string): ActorRecord[] {
  const folder = join(root, 'state/actors');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ActorRecord);
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
