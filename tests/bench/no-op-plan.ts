// `callsheet plan` when nothing has changed, and how its time and memory grow with the library.
//
//   node tests/bench/no-op-plan.ts [actors ...]        default: 1000 10000; 100000 takes minutes to write, once
//
// "anew" is the same plan with nothing remembered, as after a change of every target. The baseline is the least that any program has to do:
// list every folder with sizes and times, read every manifest and record, and parse them. All three in processes of their own, with
// what it takes to start them.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../controller/cli/run.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import { best, child, type Measured, measure, ratio, table } from './measure.ts';
import { IMAGES, localEvaluatorId, scaleLibrary } from './scale-library.ts';

const [command, ...rest] = process.argv.slice(2);
if (command === '--plan') await measure(() => plan(rest[0]!));
else if (command === '--anew') {
  rmSync(join(rest[0]!, 'state/cache'), { recursive: true, force: true });
  await measure(() => plan(rest[0]!));
} else if (command === '--baseline') await measure(async () => baseline(rest[0]!));
else await compare([command, ...rest].filter((value) => value !== undefined).map(Number));

async function compare(sizes: readonly number[]): Promise<void> {
  const rows = [];
  let first: number | undefined;
  for (const actors of sizes.length > 0 ? sizes : [1_000, 10_000]) {
    const root = await scaleLibrary(actors, await localEvaluatorId());
    const times = actors > 20_000 ? 1 : 3;
    const run = (what: string) => best(times, () => child(import.meta.filename, what, root));
    const floor = await run('--baseline');
    const anew = await run('--anew');
    const noop = await run('--plan');
    const perActor = (1000 * noop.cpuMs) / actors;
    first ??= perActor;
    rows.push({
      actors,
      images: actors * IMAGES,
      ...columns('baseline', floor),
      ...columns('anew', anew),
      ...columns('no-op', noop),
      'no-op/baseline': ratio(noop, floor),
      'CPU µs/actor': Math.round(perActor),
      'of the first': (perActor / first).toFixed(2),
    });
  }
  table(rows);
}

function columns(name: string, { ms, cpuMs, peakMb }: Measured): Record<string, number> {
  return {
    [`${name} s`]: Number((ms / 1000).toFixed(2)),
    [`${name} CPU s`]: Number((cpuMs / 1000).toFixed(2)),
    [`${name} MB`]: Math.round(peakMb),
  };
}

async function plan(root: string): Promise<undefined> {
  const terminal = memoryTerminal({ cwd: root });
  const code = await runProgram(['plan', '--quiet'], terminal);
  if (code !== 0 || !terminal.written.out.includes('No changes.')) throw new Error(terminal.written.err);
  rmSync(join(root, 'state/plans'), { recursive: true, force: true });
}

function baseline(root: string): undefined {
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
