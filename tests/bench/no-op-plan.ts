// How long a plan takes when nothing has changed, and how that grows with the library.
//
//   node tests/bench/no-op-plan.ts [actors ...]        default: 1000 4000
//
// The baseline is the least that any program has to do: list every folder with sizes and times, read every manifest and record, and
// parse them. It is measured in the same run, in a process of its own as the plan is.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { FILM } from '../support/build-library.ts';
import { colourPicture } from '../support/colour-pictures.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

interface Measured {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

const IMAGES = 20;
const [, , command, ...rest] = process.argv;
if (command === '--plan') await measure(() => plan(rest[0]!));
else if (command === '--baseline') await measure(async () => baseline(rest[0]!));
else await compare([command, ...rest].filter((value) => value !== undefined).map(Number));

async function compare(sizes: readonly number[]): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  for (const actors of sizes.length > 0 ? sizes : [1_000, 4_000]) {
    const root = await mkdtemp(join(tmpdir(), 'callsheet-bench-'));
    try {
      process.stderr.write(`${actors} actors: writing the library ... `);
      await writeLibrary(root, actors);
      process.stderr.write('first plan ... ');
      await child('--plan', root);
      process.stderr.write('measuring\n');
      const floor = await best(() => child('--baseline', root));
      const noop = await best(() => child('--plan', root));
      rows.push({
        actors,
        images: actors * IMAGES,
        'baseline ms': Math.round(floor.ms),
        'plan ms': Math.round(noop.ms),
        ratio: (noop.ms / floor.ms).toFixed(1),
        'plan µs/actor': Math.round((1000 * noop.ms) / actors),
        'cpu ms': Math.round(noop.cpuMs),
        'peak MB': Math.round(noop.peakMb),
      });
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  // biome-ignore lint/suspicious/noConsole: the table is what this script is for.
  console.table(rows);
}

async function best(run: () => Promise<Measured>): Promise<Measured> {
  const runs = [await run(), await run(), await run()];
  return runs.reduce((a, b) => (b.ms < a.ms ? b : a));
}

async function child(...args: string[]): Promise<Measured> {
  const { stdout } = await execaNode(import.meta.filename, args);
  return JSON.parse(stdout) as Measured;
}

async function measure(work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const measured: Measured = {
    ms: performance.now() - started,
    cpuMs: (user + system) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(JSON.stringify(measured));
}

async function plan(root: string): Promise<void> {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  await planLibrary(workspace, { refresh: true });
}

function baseline(root: string): void {
  for (const actor of readdirSync(join(root, 'data/actors'))) {
    const folder = join(root, 'data/actors', actor, 'training_data');
    for (const name of readdirSync(join(folder, 'images'))) statSync(join(folder, 'images', name));
    for (const path of [
      join(folder, 'manifest.json'),
      join(root, `data/actor_manifests/${actor}.json`),
      join(root, `state/actors/${actor}.json`),
    ]) {
      JSON.parse(readFileSync(path, 'utf8'));
    }
  }
}

/** A balanced library of small pictures, some of which several actors share. */
async function writeLibrary(root: string, actors: number): Promise<void> {
  const categories = ['photorealistic', 'bw_stylized', 'color_stylized'];
  const pictures = await Promise.all(
    categories.map((category) =>
      Promise.all(Array.from({ length: 40 }, (_, n) => colourPicture(category, 5 + (n % 5), n + 1))),
    ),
  );
  mkdirSync(join(root, 'specs'), { recursive: true });
  mkdirSync(join(root, 'data/actor_manifests'), { recursive: true });
  writeFileSync(join(root, 'specs/film.yaml'), FILM);
  for (let n = 0; n < actors; n += 1) {
    const id = String(n).padStart(6, '0');
    const folder = `data/actors/${id}/training_data`;
    mkdirSync(join(root, folder, 'images'), { recursive: true });
    const images = Array.from({ length: IMAGES }, (_, k) => {
      const category = k < 13 ? 0 : k < 17 ? 1 : 2;
      const key = `${folder}/images/${k}.png`;
      writeFileSync(join(root, key), pictures[category]![(n * 7 + k) % 40]!);
      return { key, prompt: `picture ${k}` };
    });
    writeFileSync(join(root, folder, 'manifest.json'), JSON.stringify({ actor_id: id, images }, null, 2));
    writeFileSync(
      join(root, `data/actor_manifests/${id}.json`),
      JSON.stringify({ actor_id: id, type: 'film', base_image: `${folder}/images/0.png` }),
    );
  }
}
