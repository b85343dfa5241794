// What it takes to start: commands that do next to nothing, against a process that does nothing at all.
//
//   node tests/bench/start-up.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILM } from '../support/build-library.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import { best, child, type Measured, measure, ratio, table } from './measure.ts';

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  version: ['--version'],
  help: ['help', 'plan'],
  validate: ['validate', '--specs', '.'],
};

const [command, root = ''] = process.argv.slice(2);
if (command !== undefined) await measure(() => run(COMMANDS[command]!, root));
else await compare();

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-start-'));
  try {
    writeFileSync(join(folder, 'film.yaml'), FILM);
    const nothing = join(import.meta.dirname, 'measure-nothing.ts');
    const floor = await best(5, () => child(nothing));
    const rows = [row('a process that does nothing', floor, floor)];
    for (const name of Object.keys(COMMANDS))
      rows.push(row(name, await best(5, () => child(import.meta.filename, name, folder)), floor));
    table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(what: string, measured: Measured, floor: Measured): Record<string, string | number> {
  const { ms, cpuMs, peakMb } = measured;
  const figures = { ms: Math.round(ms), 'CPU ms': Math.round(cpuMs), 'peak MB': Math.round(peakMb) };
  return { what, ...figures, ratio: ratio(measured, floor) };
}

async function run(args: readonly string[], cwd: string): Promise<undefined> {
  enableCompileCache();
  // Only now, as controller/main.ts does: what is loaded from here is read from the cache.
  const { runProgram } = await import('../../controller/cli/run.ts');
  const code = await runProgram(args, memoryTerminal({ cwd }));
  if (code !== 0) throw new Error(`it ended with ${code}`);
}
