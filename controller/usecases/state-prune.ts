import pMap from 'p-map';
import { stripPathOf } from '../observe/thumbnails.ts';
import type { ActorRecord } from '../records/actor-record.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { Clock } from '../runtime/clock.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

export interface Pruning {
  readonly state: StateBackend;
  readonly clock: Clock;
  /** Records of runs that began longer ago go too, with their plans, unless they may still be undone. Milliseconds. */
  readonly runsOlderThanMs?: number;
  /** Counts, and removes nothing. */
  readonly dryRun?: boolean;
}

export interface PruneReport {
  readonly thumbnails: number;
  readonly runs: number;
}

/** What the records of all actors refer to. */
interface References {
  /** The beginnings of digests: enough to tell them apart, a quarter of the memory. */
  readonly pictures: ReadonlySet<string>;
  /** Paths of the strips that hold some of their thumbnails. */
  readonly strips: ReadonlySet<string>;
  readonly runs: ReadonlySet<string>;
}

const CONCURRENCY = 16;
const DIGEST_START = 16;

/**
 * Removes what nobody needs any more, so that state does not grow with every picture that there ever was: thumbnails of pictures that are
 * neither in a library nor in the trash and, if asked to, old runs. What cannot be found out again is never touched.
 */
export async function pruneState(pruning: Pruning, signal?: AbortSignal): Promise<PruneReport> {
  const { state } = pruning;
  const references = await readReferences(state, signal);
  let candidates: string[] = [];
  for await (const path of state.list('thumbnails/', signal))
    if (!isReferred(path, references)) candidates.push(path);
  if (candidates.length > 0) {
    // A thumbnail is stored a moment before the record that refers to it: look again.
    const now = await readReferences(state, signal);
    candidates = candidates.filter((path) => !isReferred(path, now));
  }
  const runs = await oldRuns(pruning, references, signal);
  const plans = runs.flatMap(({ plan }) =>
    plan === undefined ? [] : [`plans/${plan}.json`, `plans/${plan}.md`],
  );
  if (pruning.dryRun !== true) {
    // That a plan was used up stays known: its file may lie somewhere else.
    const paths = [...candidates, ...plans, ...runs.map(({ path }) => path)];
    await pMap(paths, (path) => state.remove(path, undefined, signal), { concurrency: CONCURRENCY });
  }
  return { thumbnails: candidates.length, runs: runs.length };
}

function isReferred(path: string, { pictures, strips }: References): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^[0-9a-f]{24}-\d+\.jpg$/.test(name)) return strips.has(path);
  // Not named as thumbnails are: not ours to judge.
  return !/^[0-9a-f]{64}-\d+\.jpg$/.test(name) || pictures.has(name.slice(0, DIGEST_START));
}

async function readReferences(state: StateBackend, signal?: AbortSignal): Promise<References> {
  const pictures = new Set<string>();
  const strips = new Set<string>();
  const runs = new Set<string>();
  const read = async (path: string) => {
    const record = (await state.read<ActorRecord>(path, signal))?.value;
    if (record === undefined) return;
    const digests = [
      ...Object.keys(record.pictures),
      ...Object.keys(record.judgements),
      ...record.trash.map(({ digest }) => digest),
    ];
    const stored = record.journal?.steps.flatMap((step) =>
      step.kind === 'generate' && step.stored !== undefined ? [step.stored.digest] : [],
    );
    for (const digest of [...digests, ...(stored ?? [])]) pictures.add(digest.slice(0, DIGEST_START));
    for (const picture of Object.values(record.pictures)) {
      const strip = stripPathOf(picture);
      if (strip !== undefined) strips.add(strip);
    }
    for (const { run } of record.trash) runs.add(run);
    if (record.journal !== undefined) runs.add(record.journal.run);
  };
  await pMap(state.list('actors/', signal), read, { concurrency: CONCURRENCY });
  return { pictures, strips, runs };
}

async function oldRuns(
  { state, clock, runsOlderThanMs }: Pruning,
  references: References,
  signal?: AbortSignal,
): Promise<{ path: string; plan?: string }[]> {
  if (runsOlderThanMs === undefined) return [];
  const before = new Date(clock.now() - runsOlderThanMs).toISOString();
  const old: { path: string; plan?: string }[] = [];
  const look = async (path: string) => {
    const run = (await state.read<RunRecord>(path, signal))?.value;
    if (run === undefined || run.startedAt >= before || references.runs.has(run.id)) return;
    old.push({ path, ...(run.plan === undefined ? {} : { plan: run.plan }) });
  };
  await pMap(state.list('runs/', signal), look, { concurrency: CONCURRENCY });
  return old;
}
