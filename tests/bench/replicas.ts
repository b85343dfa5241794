// How much faster a library is brought into balance by more replicas: 1, 2 and 4 controllers as processes of their own on one real Postgres,
// each allowed the same number of actors at a time, with a provider that takes a while for a picture.
//
//   node tests/bench/replicas.ts [actors] [milliseconds a picture] [replicas ...]        default: 40 2000 1 2 4
//
// Replicas are running and idle before the clock starts: it starts with a change of the specs, and stops when every actor is as it should be.
// CPU is that of the replicas and of Postgres in that time, from /proc. The library's files are in a temporary folder.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildLibrary, some } from '../support/build-library.ts';
import { readBooks } from '../support/colour-generator.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { Replicas } from '../support/replicas.ts';
import { table } from './measure.ts';

const [actors = 40, latencyMs = 2_000, ...counts] = process.argv.slice(2).map(Number);
const CONCURRENCY = 2;
/** Pictures that every actor lacks once the specs have changed. */
const LACKING = 3;
const TICKS_A_SECOND = 100;

const library = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: replicas }
spec:
  state: postgres://
  apply: auto
  interval: 500ms
  guards: { maxDeleteShare: 100 }
  limits: { concurrency: ${CONCURRENCY} }
  rollout: { canary: 0, batch: 1000 }
`;

function film(drawings: number): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${2 + drawings}
  tolerance: { images: 0 }
  categories:
    photorealistic: { count: 2 }
    color_stylized: { count: ${drawings} }
`;
}

const rows = [];
let first: number | undefined;
for (const count of counts.length > 0 ? counts : [1, 2, 4]) {
  const { seconds, replicasCpu, postgresCpu, pictures } = await measure(count);
  first ??= pictures / seconds;
  rows.push({
    replicas: count,
    s: Number(seconds.toFixed(1)),
    'actors/s': Number((actors / seconds).toFixed(2)),
    'pictures/s': Number((pictures / seconds).toFixed(2)),
    ratio: Number((pictures / seconds / first).toFixed(2)),
    'replicas CPU s': Number(replicasCpu.toFixed(1)),
    'Postgres CPU s': Number(postgresCpu.toFixed(1)),
    'Postgres CPU ms/actor': Number(((1000 * postgresCpu) / actors).toFixed(0)),
  });
}
table(rows);

async function measure(count: number) {
  await using server = await PostgresServer.start();
  const root = await mkdtemp(join(tmpdir(), 'callsheet-replicas-'));
  const cast = Array.from({ length: actors }, (_, index) => ({
    id: String(index).padStart(4, '0'),
    images: some('photorealistic', 2),
  }));
  await buildLibrary(root, cast, { 'library.yaml': library, 'film.yaml': film(0) });
  const url = await server.createDatabase();
  await using replicas = new Replicas({ root, url, server, latencyMs, lost: 0 });
  for (let index = 0; index < count; index += 1) replicas.launch();
  const books = join(root, 'provider-books.jsonl');
  await until(async () => (await balanced(server, url)) === actors);

  const cpuBefore = await cpuSeconds();
  const startMs = performance.now();
  await writeFile(join(root, 'specs/film.yaml'), film(LACKING));
  await until(async () => readBooks(books).length >= actors * LACKING);
  await until(async () => {
    const { sets, open } = await replicas.audit();
    return open.length === 0 && [...sets.values()].every((set) => set.length === 2 + LACKING);
  });
  const seconds = (performance.now() - startMs) / 1000;
  const cpuAfter = await cpuSeconds();
  await replicas.stop(replicas.all);
  await rm(root, { recursive: true, force: true });
  return {
    seconds,
    pictures: readBooks(books).length || actors * LACKING,
    replicasCpu: cpuAfter.replicas - cpuBefore.replicas,
    postgresCpu: cpuAfter.postgres - cpuBefore.postgres,
  };
}

async function balanced(server: PostgresServer, url: string): Promise<number> {
  const sql = `SELECT count(*)::int AS count FROM callsheet.documents
    WHERE path LIKE 'status/%' AND path <> 'status/_library.json' AND value->'conditions'->0->>'reason' = 'Balanced'`;
  const [row] = await server.query(sql, url);
  return row!.count as number;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 600_000;
  while (performance.now() < endMs) {
    // The tables are not there before the first replica has made them.
    if (await isTrue().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('not within ten minutes');
}

/** Of all processes below this one: Postgres by its name, the replicas by theirs. */
async function cpuSeconds(): Promise<{ replicas: number; postgres: number }> {
  const processes = await Promise.all(
    (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(readStat),
  );
  const found = processes.filter((one) => one !== undefined);
  const mine = new Set([process.pid]);
  for (let before = 0; before !== mine.size; ) {
    before = mine.size;
    for (const { pid, parent } of found) if (mine.has(parent)) mine.add(pid);
  }
  const of = (isIt: (name: string) => boolean) =>
    found
      .filter(({ pid, name }) => pid !== process.pid && mine.has(pid) && isIt(name))
      .reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_A_SECOND;
  return {
    postgres: of((name) => name.startsWith('postgres')),
    replicas: of((name) => !name.startsWith('postgres') && name !== 'sh'),
  };
}

async function readStat(name: string) {
  const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
  const parts = /^(\d+) \((.*)\) (.*)$/s.exec(text ?? '');
  if (parts === null) return undefined;
  const fields = parts[3]!.split(' ');
  // Own and waited-for children, in user and kernel mode.
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
  return { pid: Number(parts[1]), name: parts[2]!, parent: Number(fields[1]), ticks };
}
