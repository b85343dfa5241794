import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { directorySpecSource } from './directory-spec-source.ts';
import { libraryRoot } from './library-root.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'callsheet-specs-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('finds YAML files at any depth, in order, without hidden ones and node_modules', async () => {
  await write('b.yaml', 'b');
  await write('a/z.yml', 'z');
  await write('a/notes.md', 'no');
  await write('.git/x.yaml', 'no');
  await write('.hidden.yaml', 'no');
  await write('node_modules/p/x.yaml', 'no');

  const { files, diagnostics } = await load();

  expect(files).toEqual([
    { name: 'a/z.yml', text: 'z' },
    { name: 'b.yaml', text: 'b' },
  ]);
  expect(diagnostics).toEqual([]);
});

test('the revision follows the content, not the time', async () => {
  await write('a.yaml', 'one');
  const first = await load();
  await write('a.yaml', 'one');
  const same = await load();
  await write('a.yaml', 'two');
  const other = await load();

  expect(first.revision.id).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(same.revision).toEqual(first.revision);
  expect(other.revision.id).not.toBe(first.revision.id);
});

test('folder links that go round end, and a folder is read once', async () => {
  await write('a/x.yaml', 'x');
  await symlink('..', path.join(folder, 'a', 'up'));
  await symlink('a', path.join(folder, 'b'));
  await symlink('self.yaml', path.join(folder, 'self.yaml'));

  const { files, diagnostics } = await load();

  expect(files.map(({ name }) => name)).toEqual(['a/x.yaml']);
  expect(diagnostics.map(({ code, detail }) => [code, detail])).toEqual([
    [
      'unreadable-file',
      'self.yaml is a link that leads nowhere: its links go round in a circle. Put the file itself there, or remove it.',
    ],
  ]);
});

test('a link inside the folder is followed, one that leads out is refused', async () => {
  await write('.data/x.yaml', 'inside');
  await symlink('.data/x.yaml', path.join(folder, 'x.yaml'));
  await symlink('/etc/passwd', path.join(folder, 'passwd.yaml'));

  const { files, diagnostics } = await load();

  expect(files).toEqual([{ name: 'x.yaml', text: 'inside' }]);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.detail).toContain('passwd.yaml is a link that leads out of the specs folder');
});

test('a pipe is refused and does not hang', async () => {
  execFileSync('mkfifo', [path.join(folder, 'pipe.yaml')]);

  const { diagnostics } = await load();

  expect(diagnostics.map(({ code }) => code)).toEqual(['unreadable-file']);
});

test.each([
  ['file-too-large', Buffer.alloc(1_048_577, '#')],
  ['file-too-large', Buffer.alloc(10_485_760, '#')],
  ['binary-file', Buffer.from('kind: x\0')],
  ['not-utf8', Buffer.from([0x61, 0x0a, 0xff, 0x62])],
  ['not-utf8', Buffer.from('\ufeffkind: Library', 'utf16le')],
  ['not-utf8', Buffer.from([0xed, 0xa0, 0x80])],
])('%s', async (code, content) => {
  await write('good.yaml', 'fine');
  await writeFile(path.join(folder, 'bad.yaml'), content);

  const { files, diagnostics } = await load();

  expect(files.map(({ name }) => name)).toEqual(['good.yaml']);
  expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.range?.file])).toEqual([
    [code, 'bad.yaml'],
  ]);
});

test('a megabyte is still read', async () => {
  await writeFile(path.join(folder, 'a.yaml'), Buffer.alloc(1_048_576, '#'));

  const { files, diagnostics } = await load();

  expect(files[0]?.text).toHaveLength(1_048_576);
  expect(diagnostics).toEqual([]);
});

test.each([
  ['', 'no-specs'],
  ['missing', 'no-folder'],
  ['file.txt', 'no-folder'],
])('no specs in "%s"', async (name, code) => {
  await write('file.txt', '');

  const { files, diagnostics } = await directorySpecSource({ directory: path.join(folder, name) }).load();

  expect(files).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual([code]);
});

test('more than 10,000 files are one problem', async () => {
  await Promise.all(
    Array.from({ length: 10_002 }, (_, index) => writeFile(path.join(folder, `${index}.yaml`), '')),
  );

  const { diagnostics } = await load();

  expect(diagnostics.map(({ code }) => code)).toEqual(['too-many-files']);
});

test('an aborted load rejects', async () => {
  await write('a.yaml', '');

  await expect(
    directorySpecSource({ directory: folder }).load(AbortSignal.abort(new Error('stop'))),
  ).rejects.toThrow('stop');
});

test.each([
  ['/studio/specs', '/studio'],
  ['/studio/specs/leads', '/studio'],
  ['/studio/specs/specs/x', '/studio/specs'],
  ['/studio/desired', '/studio/desired'],
])('the root of %s is %s', (directory, root) => {
  expect(libraryRoot(directory)).toBe(root);
});

function load() {
  return directorySpecSource({ directory: folder }).load();
}

async function write(name: string, text: string): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
