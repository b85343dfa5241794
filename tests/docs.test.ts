import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...markdownBelow('docs'),
  ...markdownBelow('examples'),
];

function markdownBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

describe('the documents', () => {
  it.each(PAGES)('%s links only to what is there', (page) => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map(
      (match) => match[1]!,
    );
    const broken = links.filter((link) => !existsSync(join(ROOT, dirname(page), link)));

    expect(broken).toEqual([]);
  });

  it.each(['README.md', 'docs/architecture.md', 'CONTRIBUTING.md'])(
    '%s names only paths that exist',
    (page) => {
      const paths = [
        ...textOf(page).matchAll(/`((?:controller|tests|docs|scripts|schemas|specs|examples)\/[\w./-]+)`/g),
      ].map((match) => match[1]!);
      const gone = paths.filter((path) => !existsSync(join(ROOT, path)));

      expect(paths.length).toBeGreaterThan(page === 'docs/architecture.md' ? 10 : -1);
      expect(gone).toEqual([]);
    },
  );

  it('name every folder of the program in the code map', () => {
    const folders = readdirSync(join(ROOT, 'controller'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `controller/${entry.name}`);
    const map = textOf('docs/architecture.md');

    expect(folders.filter((folder) => !map.includes(`\`${folder}\``))).toEqual([]);
  });

  it('keep the two commands first in the README', () => {
    const commands = [...textOf('README.md').matchAll(/^npm ci && .*$/gm)].map(([line]) =>
      line.replace(/\s+#.*$/, ''),
    );

    expect(commands).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
    expect(textOf('README.md').split('\n').length).toBeLessThan(110);
  });

  it('speak of the project alone', () => {
    const foreign = PAGES.filter((page) =>
      /\/(work|root|tmp|home)\/[a-z]/.test(textOf(page).replaceAll('/tmp/.X', '')),
    );

    expect(foreign.map((page) => relative(ROOT, page))).toEqual([]);
  });
});
