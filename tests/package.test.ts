import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLibrary, some } from './support/build-library.ts';
import { type InstalledPackage, installPacked, link } from './support/pack.ts';

const ROOT = resolve(import.meta.dirname, '..');
const run = promisify(execFile);
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

let temp: string;
let installed: InstalledPackage;

beforeAll(async () => {
  temp = await mkdtemp(join(tmpdir(), 'callsheet-'));
  installed = await installPacked(temp);
}, 180_000);

afterAll(async () => {
  await rm(temp, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function callsheet(
  folder: string,
  args: readonly string[],
  nodeFlags: readonly string[] = [],
): Promise<Ended> {
  const command = [...nodeFlags, join(folder, 'bin/callsheet.js'), ...args];
  return await run(process.execPath, command, { cwd: temp }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr }),
  );
}

describe('the package', () => {
  it('holds the program, its specs and schemas, and nothing of how it is made', () => {
    const paths = installed.files.map(({ path }) => path);

    for (const needed of [
      ...['package.json', 'LICENSE', 'README.md', 'CHANGELOG.md', 'bin/callsheet.js', 'action.yml'],
      ...[
        'dist/controller/main.js',
        'dist/controller/wire.d.ts',
        'dist/controller/evaluator/local/worker.js',
        'dist/controller/generator/local/worker.js',
      ],
      ...[
        'dist/controller/evaluator/local/assets/kernels.json',
        'dist/controller/evaluator/local/assets/mobilenet_v2/LICENSE',
      ],
      ...['schemas/library.schema.json', 'specs/library.yaml'],
    ]) {
      expect(paths).toContain(needed);
    }
    const sources = readdirSync(join(ROOT, 'controller'), { recursive: true, withFileTypes: true });
    for (const { name, parentPath } of sources.filter(
      (entry) => entry.isFile() && !entry.name.endsWith('.ts'),
    )) {
      expect(paths, 'what is read at run time').toContain(`dist/${relative(ROOT, join(parentPath, name))}`);
    }
    expect(
      paths.filter((path) => /\.test\.|\.map$|^tests\/|^examples\/|^state\/|\.env|(?<!\.d)\.ts$/.test(path)),
    ).toEqual([]);
    expect(installed.tarballSize).toBeLessThan(6_000_000);
  });

  it('holds no path of the machine that made it, and nothing that looks like a secret', async () => {
    const texts = installed.files.filter(({ path }) => /\.(js|ts|json|yaml|yml|md)$/.test(path));
    const wrong: string[] = [];
    for (const { path } of texts) {
      const text = await readFile(join(installed.folder, path), 'utf8');
      if (text.includes(ROOT) || text.includes(temp)) wrong.push(path);
      if (/\bsk-[A-Za-z0-9]{20}|\br8_[A-Za-z0-9]{20}|\bAKIA[A-Z0-9]{16}/.test(text)) wrong.push(path);
    }

    expect(wrong).toEqual([]);
  });

  it('names every file that its manifest points to', () => {
    const targets = Object.values<string | Record<string, string>>(manifest.exports)
      .flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)))
      .filter((target) => !target.includes('*'));

    for (const target of [...targets, manifest.bin.callsheet]) {
      expect(existsSync(join(installed.folder, target)), target).toBe(true);
    }
  });

  it('says its version and checks the default specs', async () => {
    expect((await callsheet(installed.folder, ['--version'])).stdout.trim()).toBe(manifest.version);
    const checked = await callsheet(installed.folder, [
      'validate',
      '--specs',
      join(installed.folder, 'specs'),
    ]);

    expect(checked).toMatchObject({ code: 0, stderr: '' });
  });

  it('plans, judging pictures in worker threads with the network that it carries', async () => {
    const library = join(temp, 'library');
    await buildLibrary(library, [{ id: '0042', images: some('photorealistic', 2) }]);

    const planned = await callsheet(installed.folder, ['plan', '--json', '--specs', join(library, 'specs')]);

    expect(planned.stderr).toBe('');
    expect(planned.code).toBe(0);
    const record = JSON.parse(await readFile(join(library, 'state/actors/0042.json'), 'utf8'));
    const verdicts = Object.values<object>(record.evaluations).flatMap((byDigest) => Object.values(byDigest));
    expect(verdicts).toHaveLength(2);
  });

  it('can be imported, with its types', async () => {
    const source = `import { openWorkspace, type WorkspaceOptions } from 'callsheet';
import { planLibrary } from 'callsheet/plan-library';
import type { Evaluator } from 'callsheet/evaluator';
import schema from 'callsheet/schemas/library.schema.json' with { type: 'json' };
// @ts-expect-error: version is missing
export const wrong: WorkspaceOptions = { specs: 'specs' };
// @ts-expect-error: not a string
export const alsoWrong: Evaluator['id'] = 1;
await using workspace = await openWorkspace({ specs: process.argv[2] ?? '', version: '1' });
const plan = await planLibrary(workspace, { refresh: false });
console.log(plan.actors.length, schema.title.length > 0);
`;
    await writeFile(join(installed.project, 'package.json'), '{ "type": "module", "private": true }');
    await writeFile(join(installed.project, 'use.ts'), source);
    const options = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2024',
      types: ['node'],
      resolveJsonModule: true,
    };
    const compilerOptions = { ...options, lib: ['es2024', 'esnext.disposable'], skipLibCheck: false };
    await writeFile(
      join(installed.project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['use.ts'] }),
    );
    await link('@types/node', installed.project);
    await link('typescript', installed.project);

    const compiled = run(process.execPath, [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      installed.project,
    ]);
    await expect(compiled.catch(({ stdout }) => stdout)).resolves.toMatchObject({ stdout: '' });

    const library = join(temp, 'library-2');
    await buildLibrary(library, [{ id: '0001', images: [] }]);
    const used = await run(process.execPath, ['use.ts', join(library, 'specs')], { cwd: installed.project });
    expect(used.stdout.trim()).toBe('1 true');
  });
});

describe('an old Node', () => {
  const oldNode = async () => {
    const preload = join(temp, 'old-node.cjs');
    const versions = "{ value: { ...process.versions, node: '20.20.2' } }";
    await writeFile(preload, `Object.defineProperty(process, 'versions', ${versions});`);
    return ['--require', preload];
  };

  it('is told so by the package, in a sentence', async () => {
    const { code, stderr } = await callsheet(installed.folder, ['--version'], await oldNode());

    expect(code).toBe(1);
    expect(stderr).toContain('Callsheet needs Node 22.22.2 or newer');
    expect(manifest.engines.node).toMatch(/^\^22\.22\.2 /);
  });

  it('starts the clone with the Node that npm ci has installed', async () => {
    const { code, stdout } = await callsheet(ROOT, ['--version'], await oldNode());

    expect({ code, stdout: stdout.trim() }).toEqual({ code: 0, stdout: manifest.version });
  });

  it('is told to install one where the clone has none', async () => {
    const clone = join(temp, 'clone');
    await cp(join(ROOT, 'bin'), join(clone, 'bin'), { recursive: true });
    await cp(join(ROOT, 'controller/main.ts'), join(clone, 'controller/main.ts'));

    const { code, stderr } = await callsheet(clone, ['--version'], await oldNode());

    expect(code).toBe(1);
    expect(stderr).toContain('npm ci');
  });
});
