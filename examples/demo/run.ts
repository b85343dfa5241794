// The main job on embedded defaults: a small library out of balance is looked at, planned, applied, changed and rolled back. Every line
// below a `$` is what that command prints; nothing here decides or draws anything.
import { existsSync, readdirSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { execaNode } from 'execa';
import { writeDemoLibrary } from './library.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const CALLSHEET = join(PROJECT, 'bin/callsheet.js');
/** Lies in every folder that this script has written, and in no other: only such a folder is written anew. */
const MARKER = '.callsheet-demo';

const color = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const bold = (text: string) => (color ? `\u001b[1m${text}\u001b[22m` : text);
const dim = (text: string) => (color ? `\u001b[2m${text}\u001b[22m` : text);

const folder = resolve(process.argv[2] ?? 'demo');
await prepare();
say(
  'A library of 8 actors of 2 types, each out of balance in its own way. First: are the specs in order, and what is there?',
);
await callsheet('validate');
await callsheet('stats');
say('The plan. The evaluator looks at every picture once; nothing is changed yet.');
await callsheet('plan');
say('Apply exactly that plan: generate what is missing, then delete the worst of what is too many.');
await apply();
say('Plan again: nothing is left to do, and no picture is looked at twice.');
await callsheet('plan');
say('Now the target changes, as a pull request would change it: film actors shall have more drawings.');
await changeTarget();
await callsheet('plan');
say('Second thoughts: undo the run. What was deleted comes back from the trash.');
await callsheet('rollback', await lastRun(), '--auto-approve');
await callsheet('history');
farewell();

async function prepare(): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    if (!existsSync(join(folder, MARKER))) {
      process.stderr.write(
        `${folder} is there already and was not made by this demo. Name another folder: npm run demo -- DIR\n`,
      );
      process.exit(1);
    }
    await rm(folder, { recursive: true });
  }
  process.stdout.write(`Writing a small library to ${name()} ... `);
  const { images } = await writeDemoLibrary(folder);
  await writeFile(join(folder, MARKER), '');
  process.stdout.write(`${images} pictures.\n`);
}

/** Runs the real program in the demo's folder; the demo ends where the program fails. */
async function callsheet(...args: string[]): Promise<void> {
  const exitCode = await run(...args);
  if (exitCode === 0) return;
  process.stderr.write(
    `callsheet ${args[0]} ended with ${exitCode}; the demo stops here. Its folder is ${folder}\n`,
  );
  process.exit(1);
}

/** Applies the plan. A picture that the evaluator did not accept three times is left out; the next plan orders it with other prompts. */
async function apply(): Promise<void> {
  if ((await run('apply', await lastPlan(), '--auto-approve')) === 0) return;
  say('Not every new picture was accepted. What was made is kept; another apply does the rest.');
  await callsheet('apply', '--auto-approve');
}

/** Runs the program with the terminal as it is. Returns its exit code. */
async function run(...args: string[]): Promise<number> {
  process.stdout.write(`\n${bold(`$ callsheet ${args.join(' ')}`)}\n`);
  const { exitCode } = await execaNode(CALLSHEET, args, { cwd: folder, stdio: 'inherit', reject: false });
  return exitCode ?? 1;
}

async function changeTarget(): Promise<void> {
  const file = join(folder, 'specs/film.yaml');
  const before = await readFile(file, 'utf8');
  const after = before
    .replace('photorealistic: { share: 65 }', 'photorealistic: { share: 50 }')
    .replace('bw_stylized: { share: 20 }', 'bw_stylized: { share: 35 }');
  if (after === before) throw new Error(`${file} no longer has the shares that the demo changes`);
  await writeFile(file, after);
  process.stdout.write(
    `${dim('specs/film.yaml')}\n  -  photorealistic: 65 %\n  +  photorealistic: 50 %\n  -  bw_stylized: 20 %\n  +  bw_stylized: 35 %\n`,
  );
}

/** The plan that was shown last: its id begins with its time. */
async function lastPlan(): Promise<string> {
  const files = await readdir(join(folder, 'state/plans'));
  return files
    .flatMap((file) => /^(plan-\d{8}T\d{6}Z-[0-9a-f]+)\.json$/.exec(file)?.[1] ?? [])
    .sort()
    .at(-1)!;
}

/** The newest run, as `callsheet history` tells it. */
async function lastRun(): Promise<string> {
  const { stdout } = await execaNode(CALLSHEET, ['history', '--json'], { cwd: folder });
  const runs = stdout.match(/run-\d{8}T\d{6}Z-[0-9a-f]+/g) ?? [];
  return runs.sort().at(-1)!;
}

function say(text: string): void {
  process.stdout.write(`\n${dim('─'.repeat(76))}\n${text}\n`);
}

function farewell(): void {
  // Outside the project npx does not know where it is.
  const npx = relative(PROJECT, folder).startsWith('..')
    ? `npx --prefix ${PROJECT} callsheet`
    : 'npx callsheet';
  say('That was it. The library is yours to play with:');
  process.stdout.write(
    [
      `  cd ${name()}`,
      `  ${npx} status                    how every actor stands`,
      `  ${npx} plan --actor 0004         one actor in detail`,
      '  open state/evaluations/0004_composite.jpg    its contact sheet',
      `  $EDITOR specs/film.yaml                 change the target, then: ${npx} apply`,
      '',
      `Your own pictures: ${npx} init, or docs/quick-start.md.`,
      '',
    ].join('\n'),
  );
}

function name(): string {
  const short = relative(process.cwd(), folder);
  return short === '' || short.startsWith('..') ? folder : short;
}
