import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../controller');

/** Folders that know no network, disk, clock or chance. What they may import from Node is pure computing. */
const PURE = ['diagnostics', 'library', 'observation', 'plan', 'spec', 'status', 'views'];
const PURE_BUILTINS = new Set(['node:assert', 'node:crypto', 'node:path', 'node:util', 'node:zlib']);
const PURE_PACKAGES = new Set([
  'ajv',
  'ajv-formats',
  'croner',
  'get-east-asian-width',
  'jsonc-parser',
  'yaml',
]);
/** Beside the pure folders themselves, these hold plain types and pure functions that they may use. */
const PURE_MODULES = [
  'evaluator/evaluator.ts',
  'generator/generator.ts',
  'object-store/s3-url.ts',
  'object-store/object-store.ts',
  'spec-source/spec-source.ts',
  'picture/raster.ts',
  /^records\/(actor-record|journal|learn|run-record)\.ts$/,
];

/** Files that talk to vendors and disks behind a port. Only the composition root may know them; they may know their own kin. */
const ADAPTERS = [
  /^evaluator\/(local|openai)\//,
  /^generator\/(local|replicate)\//,
  /^object-store\/(file|s3)-object-store\.ts$/,
  /^spec-source\/(directory|git)-spec-source\.ts$/,
  /^state-backend\/postgres\//,
];
const COMPOSITION_ROOT = /^wire(-[a-z]+)?\.ts$/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);
const imports = files.flatMap(importsOf);

function importsOf(from: string): Import[] {
  const text = readFileSync(join(ROOT, from), 'utf8');
  const statements = text.matchAll(
    /^(import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|import\('([^']+)'\)/gm,
  );
  return [...statements].map(([, , type, target, dynamic]) => {
    const to = (target ?? dynamic)!;
    return {
      from,
      to: to.startsWith('.') ? relative(ROOT, join(ROOT, dirname(from), to)) : to,
      typeOnly: type !== undefined,
    };
  });
}

function folderOf(file: string): string {
  return file.split('/')[0]!;
}

function isPureModule(file: string): boolean {
  return (
    PURE.includes(folderOf(file)) ||
    PURE_MODULES.some((module) => (typeof module === 'string' ? module === file : module.test(file)))
  );
}

describe('the architecture', () => {
  it('keeps the pure folders pure', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      if (!PURE.includes(folderOf(from)) || typeOnly) return false;
      if (to.startsWith('node:')) return !PURE_BUILTINS.has(to);
      // Beside sources and schemas, generated code: it stands in the folder that it belongs to.
      if (!/\.(ts|json|generated\.js)$/.test(to))
        return ![...PURE_PACKAGES].some((name) => to === name || to.startsWith(`${name}/`));
      return to.startsWith('..') ? !to.endsWith('.json') : !isPureModule(to);
    });

    expect(wrong).toEqual([]);
  });

  it('keeps clock and chance out of the pure folders', () => {
    const wrong = files
      .filter((file) => PURE.includes(folderOf(file)))
      .filter((file) =>
        /Date\.now\(|new Date\(\)|Math\.random\(|process\.|performance\.now/.test(code(file)),
      );

    expect(wrong).toEqual([]);
  });

  it('lets only the composition root know the adapters', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const adapter = ADAPTERS.find((pattern) => pattern.test(to));
      return (
        adapter !== undefined &&
        !typeOnly &&
        !COMPOSITION_ROOT.test(from) &&
        !adapter.test(from) &&
        folderOf(from) !== folderOf(to)
      );
    });

    expect(wrong).toEqual([]);
  });

  it('lets only the process edge end the process or read its arguments', () => {
    const wrong = files.filter(
      (file) => file !== 'main.ts' && /process\.(exit\(|exitCode\s*=|argv)/.test(code(file)),
    );

    expect(wrong).toEqual([]);
  });

  it('has no cycle of modules', () => {
    expect(findCycle()).toBeUndefined();
  });
});

/** The file without comments and without string contents that could look like code. */
function code(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '');
}

function findCycle(): string[] | undefined {
  const edges = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports)
    if (!typeOnly && to.endsWith('.ts')) edges.set(from, [...(edges.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'closed'>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (state.get(file) === 'closed') return undefined;
    if (state.get(file) === 'open') return [...path.slice(path.indexOf(file)), file];
    state.set(file, 'open');
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    state.set(file, 'closed');
    return undefined;
  };
  for (const file of files) {
    const cycle = visit(file);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
