// The benchmarks in their short forms, one after the other, or those whose names are given.
//
//   npm run bench                     lists them
//   npm run bench -- all
//   npm run bench -- no-op-plan start-up
import { join } from 'node:path';
import { execaNode } from 'execa';

interface Bench {
  readonly what: string;
  readonly short: readonly string[];
}

const BENCHES: Readonly<Record<string, Bench>> = {
  'start-up': { what: 'what it takes to start', short: [] },
  'no-op-plan': { what: 'a plan when nothing has changed', short: ['1000', '10000'] },
  'full-evaluation': { what: 'a first plan: read, decode, evaluate, draw', short: ['50', '100'] },
  'contact-sheet': { what: 'contact sheets against plain decoding', short: ['5'] },
  's3-requests': { what: 'requests to S3 by a pass over a library', short: ['100'] },
  'idle-controller': { what: 'a controller while nothing changes', short: ['1000', '--seconds', '20'] },
  'push-to-plan': { what: 'from a push to the plan for it', short: ['300'] },
  'fan-out': { what: 'a change of the specs on its way to every actor', short: ['10000', '100000'] },
};

const wanted = process.argv.slice(2);
const names = wanted.includes('all') ? Object.keys(BENCHES) : wanted;
if (names.length === 0) say('Give the names of those to run, or "all":');
for (const [name, { what, short }] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const command = ['node', `tests/bench/${name}.ts`, ...short].join(' ');
  say(`\n${name}: ${what}\n  ${command}`);
  if (names.length > 0)
    await execaNode(join(import.meta.dirname, `${name}.ts`), [...short], { stdio: 'inherit' });
}
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) throw new Error(`there is no benchmark ${unknown.join(', ')}`);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
