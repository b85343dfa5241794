import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from '../../scripts/build.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

export interface PackedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

export interface InstalledPackage {
  /** A project that has the package, and what the package depends on, in its `node_modules`. */
  readonly project: string;
  /** The package's own folder in there. */
  readonly folder: string;
  readonly files: readonly PackedFile[];
  /** Bytes of the tarball. */
  readonly tarballSize: number;
}

/**
 * Builds and packs the program as `npm publish` would, and installs the tarball into an empty project below `temp`. No network: what the
 * package depends on is linked from this clone, and nothing else is.
 */
export async function installPacked(temp: string): Promise<InstalledPackage> {
  const staging = join(temp, 'staging');
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    readonly files: readonly string[];
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const always = ['package.json', 'README.md', 'LICENSE'];
  for (const name of new Set([...manifest.files, ...always])) {
    if (name === 'dist' || !existsSync(join(ROOT, name))) continue;
    await cp(join(ROOT, name), join(staging, name), { recursive: true });
  }
  build(join(staging, 'dist'));
  // Were the list of files wrong, these would be in the package.
  await cp(join(ROOT, 'tests/support/pack.ts'), join(staging, 'tests/pack.ts'));
  const packed = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', temp], {
    cwd: staging,
  });
  const [report] = JSON.parse(packed.stdout) as {
    filename: string;
    size: number;
    files: PackedFile[];
  }[];
  const { filename, size, files } = report!;
  const project = join(temp, 'project');
  const folder = join(project, 'node_modules/callsheet');
  await mkdir(folder, { recursive: true });
  await run('tar', ['-xzf', join(temp, filename), '-C', folder, '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) await link(name, project);
  return { project, folder, files, tarballSize: size };
}

/** Makes a package of this clone one of `project`'s. */
export async function link(name: string, project: string): Promise<void> {
  const target = join(project, 'node_modules', name);
  await mkdir(dirname(target), { recursive: true });
  await symlink(join(ROOT, 'node_modules', name), target, 'junction');
}
