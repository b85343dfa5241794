// From a push to the plan that is written for it: `callsheet controller` follows a git repository and is told by a webhook.
//
//   node tests/bench/push-to-plan.ts [actors ...] [--of N]        default: 300 10000, of whom 30 get another target
//
// The real program, a real repository, three pushes, the best and the worst. The baseline is cloning the commit that was pushed, which
// whoever wants to know what is in it cannot do without.
import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { execa, execaNode } from 'execa';
import { table } from './measure.ts';
import { actorId, localEvaluatorId, scaleLibrary } from './scale-library.ts';

const MAIN = join(import.meta.dirname, '../../controller/main.ts');
const SECRET = 'a-secret-of-the-benchmark';
const TOTALS = [19, 18, 17];
const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: studio }
spec: { apply: manual, interval: 1h }
`;

interface Line {
  readonly event?: string;
  readonly actor?: string;
  readonly reason?: string;
  readonly url?: string;
  readonly actors?: number;
}

/** The log of the program, line by line. */
class Log {
  private waiting: { readonly is: (line: Line) => boolean; readonly resolve: (line: Line) => void }[] = [];

  constructor(lines: AsyncIterable<string>) {
    void this.read(lines);
  }

  /** The next line that is meant. */
  find(is: (line: Line) => boolean): Promise<Line> {
    return new Promise((resolve) => this.waiting.push({ is, resolve }));
  }

  private async read(lines: AsyncIterable<string>): Promise<void> {
    for await (const text of lines) {
      const line = JSON.parse(text) as Line;
      const found = this.waiting.filter(({ is }) => is(line));
      this.waiting = this.waiting.filter((one) => !found.includes(one));
      for (const { resolve } of found) resolve(line);
    }
  }
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { of: { type: 'string', default: '30' } },
});
const rows = [];
for (const actors of positionals.length > 0 ? positionals.map(Number) : [300, 10_000])
  rows.push(await measure(actors, Number(values.of)));
table(rows);

async function measure(actors: number, changed: number) {
  const root = await scaleLibrary(actors, await localEvaluatorId());
  for (const folder of ['status', 'plans', 'rollouts', 'specs'])
    rmSync(join(root, 'state', folder), { recursive: true, force: true });
  const repository = await mkdtemp(join(tmpdir(), 'callsheet-bench-git-'));
  const push = await initialize(repository, changed);
  const env = { CALLSHEET_WEBHOOK_SECRET: SECRET };
  const args = [
    'controller',
    '--specs',
    `file://${repository}#main`,
    '--root',
    '.',
    '--listen',
    '127.0.0.1:0',
  ];
  const program = execaNode(MAIN, args, { cwd: root, env, reject: false, buffer: false });
  const log = new Log(createInterface({ input: program.stderr! }));
  try {
    const { url } = await log.find(({ url }) => url !== undefined);
    await log.find(
      ({ event, actor, reason }) =>
        event === 'condition-changed' && actor === undefined && reason === 'Synced',
    );
    // How everybody stands is still being written down.
    await delay(Math.min(20_000, 2 * actors));
    const times: number[] = [];
    const clones: number[] = [];
    for (const total of TOTALS) {
      await push(total);
      const written = log.find(({ event }) => event === 'plan-written');
      const startedMs = performance.now();
      await hook(url!, total);
      const { actors: planned } = await written;
      times.push(performance.now() - startedMs);
      if (planned !== changed)
        throw new Error(`${planned} actors are in the plan, and ${changed} were changed`);
      clones.push(await clone(repository));
      await delay(2_000);
    }
    const baseline = Math.min(...clones);
    return {
      actors,
      changed,
      'best ms': Math.round(Math.min(...times)),
      'worst ms': Math.round(Math.max(...times)),
      'clone ms': Math.round(baseline),
      ratio: (Math.min(...times) / baseline).toFixed(1),
    };
  } finally {
    program.kill();
    await program;
    await rm(repository, { recursive: true });
  }
}

/** Returns what gives the changed actors another total and commits it. */
async function initialize(repository: string, changed: number): Promise<(total: number) => Promise<void>> {
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], {
      cwd: repository,
    });
  const some = Array.from({ length: changed }, (_, n) => `"${actorId(n)}"`).join(', ');
  const write = (total: number) =>
    writeFile(
      join(repository, 'specs/some.yaml'),
      distribution('some', total, `  selector: { actors: [${some}] }\n`),
    );
  await git('init', '--quiet', '--initial-branch=main');
  await mkdir(join(repository, 'specs'));
  await writeFile(join(repository, 'specs/library.yaml'), LIBRARY);
  await writeFile(join(repository, 'specs/film.yaml'), distribution('film', 20));
  const commit = async (total: number) => {
    await write(total);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', `A total of ${total}`);
  };
  await commit(20);
  return commit;
}

function distribution(name: string, total: number, selector = ''): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: ${name} }
spec:
${selector}  total: ${total}
  categories:
    photorealistic: { count: ${total - 7} }
    bw_stylized: { count: 4 }
    color_stylized: { count: 3 }
`;
}

/** As GitHub does. */
async function hook(url: string, total: number): Promise<void> {
  const body = JSON.stringify({ ref: 'refs/heads/main', total });
  const signature = createHmac('sha256', SECRET).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': `delivery-${total}`,
    'x-hub-signature-256': `sha256=${signature}`,
  };
  const { status } = await fetch(`${url}/hooks/git`, { method: 'POST', body, headers });
  if (status !== 202) throw new Error(`the webhook was answered with ${status}`);
}

async function clone(repository: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'callsheet-bench-clone-'));
  const startedMs = performance.now();
  await execa('git', ['clone', '--quiet', '--depth=1', `file://${repository}`, folder]);
  const ms = performance.now() - startedMs;
  await rm(folder, { recursive: true });
  return ms;
}
