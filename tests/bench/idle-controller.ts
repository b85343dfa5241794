// `callsheet controller` while nothing changes: what it takes to look at everything once, and then to wait.
//
//   node tests/bench/idle-controller.ts [actors ...] [--seconds N] [--waiting]        default: 1000 10000, a minute each
//
// With --waiting under specs that ask for something else and for approval: every actor waits for a person.
// The real program in a process of its own, asked for its metrics over HTTP. The baseline is a Node process that serves HTTP and does nothing.
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { execaNode } from 'execa';
import { table } from './measure.ts';
import { localEvaluatorId, scaleLibrary } from './scale-library.ts';

const MAIN = join(import.meta.dirname, '../../controller/main.ts');
const SELF = import.meta.filename;
const BALANCED = 'callsheet_reconcile_condition{type="Ready",status="True",reason="Balanced"}';
const WAITING = 'callsheet_reconcile_condition{type="Ready",status="False",reason="AwaitingApproval"}';
const CHANGE = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: studio }
spec: { apply: manual }
---
apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: 19
  categories:
    photorealistic: { count: 12 }
    bw_stylized: { count: 4 }
    color_stylized: { count: 3 }
`;
const CPU = 'process_cpu_seconds_total';
const MEMORY = 'process_resident_memory_bytes';

if (process.argv[2] === '--bare') serveNothing();
else await compare();

interface Idle {
  readonly firstLookS: number;
  readonly firstLookCpuS: number;
  /** CPU seconds while nothing changed. */
  readonly idleCpuS: number;
  readonly looks: number;
  readonly megabytes: number;
}

async function compare(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '60' }, waiting: { type: 'boolean', default: false } },
  });
  const change = await mkdtemp(join(tmpdir(), 'callsheet-bench-specs-'));
  await writeFile(join(change, 'change.yaml'), CHANGE);
  const specs = values.waiting ? ['--specs', change, '--root', '.'] : [];
  const rest = values.waiting ? WAITING : BALANCED;
  const sizes = positionals.length > 0 ? positionals.map(Number) : [1_000, 10_000];
  const seconds = Number(values.seconds);
  const bare = await measure([SELF, '--bare'], tmpdir(), 0, rest, seconds);
  const rows = [];
  for (const actors of sizes) {
    const root = await scaleLibrary(actors, await localEvaluatorId());
    for (const folder of ['status', 'plans', 'rollouts'])
      rmSync(join(root, 'state', folder), { recursive: true, force: true });
    const idle = await measure([MAIN, 'controller', ...specs], root, actors, rest, seconds);
    rows.push({
      actors,
      'first look s': idle.firstLookS.toFixed(1),
      'its CPU s': idle.firstLookCpuS.toFixed(1),
      'idle CPU ms/min': ((idle.idleCpuS * 60_000) / seconds).toFixed(0),
      'bare CPU ms/min': ((bare.idleCpuS * 60_000) / seconds).toFixed(0),
      'idle CPU %': ((100 * idle.idleCpuS) / seconds).toFixed(3),
      'looked at meanwhile': idle.looks,
      MB: Math.round(idle.megabytes),
      'bare MB': Math.round(bare.megabytes),
    });
  }
  table(rows);
  await rm(change, { recursive: true });
}

/** Starts a program that serves metrics and says where, waits until all actors are in the state `rest`, and then for nothing. */
async function measure(
  args: readonly string[],
  cwd: string,
  actors: number,
  rest: string,
  seconds: number,
): Promise<Idle> {
  const env = { CALLSHEET_METRICS_OPEN: '1', CALLSHEET_LISTEN: '127.0.0.1:0' };
  const startedMs = performance.now();
  const program = execaNode(args[0]!, args.slice(1), { cwd, env, reject: false, buffer: false });
  try {
    const url = await urlSaid(program.stderr!);
    while (actors > 0 && (await scrape(url)).get(rest) !== actors) await delay(500);
    const firstLookS = (performance.now() - startedMs) / 1000;
    // How everybody stands is still being written down.
    const before = await atRest(url);
    await delay(1000 * seconds);
    const after = await scrape(url);
    const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    return {
      firstLookS,
      firstLookCpuS: before.get(CPU) ?? 0,
      idleCpuS: grown(CPU),
      looks: grown('controller_runtime_reconcile_total{controller="actor",result="success"}'),
      megabytes: (after.get(MEMORY) ?? 0) / 1_048_576,
    };
  } finally {
    program.kill();
    await program;
  }
}

/** The metrics once the program uses next to no CPU. */
async function atRest(url: string): Promise<Map<string, number>> {
  for (let before = await scrape(url); ; ) {
    await delay(5_000);
    const now = await scrape(url);
    if ((now.get(CPU) ?? 0) - (before.get(CPU) ?? 0) < 0.05) return now;
    before = now;
  }
}

/** The first URL that a program names; what it says after that is let go by. */
function urlSaid(stderr: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stderr.on('data', (chunk) => {
      text = `${text}${String(chunk)}`.slice(0, 10_000);
      const url = /"url":"([^"]+)"/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    stderr.on('end', () => reject(new Error(`it ended without serving anything: ${text}`)));
  });
}

async function scrape(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

function serveNothing(): void {
  const server = createServer((_request, response) => {
    const { user, system } = process.cpuUsage();
    response.end(`${CPU} ${(user + system) / 1e6}\n${MEMORY} ${process.memoryUsage.rss()}\n`);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stderr.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
  });
}
