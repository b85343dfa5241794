import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../controller/runtime/metrics.ts';
import { addProcessMetrics } from '../controller/runtime/process-metrics.ts';

const ROOT = join(import.meta.dirname, '..');
const operations = read('docs/operations.md');
const api = read('docs/api.md');

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

interface Described {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
}

function rows(): string[] {
  const { registry } = createMetrics();
  addProcessMetrics(registry);
  return (registry.getMetricsAsArray() as unknown as (Described & { constructor: { name: string } })[]).map(
    (metric) => {
      const labels = (metric.labelNames ?? [])
        .filter((label) => label !== 'le')
        .map((label) => `\`${label}\``);
      return `| \`${metric.name}\` | ${metric.constructor.name.toLowerCase()} | ${labels.join(', ')} | ${metric.help} |`;
    },
  );
}

describe('docs/operations.md', () => {
  it('has every metric with its labels, and no other', () => {
    const told = operations
      .split('\n')
      .filter((line) => /^\| `[a-z]+_\w+` \| (counter|gauge|histogram) /.test(line));

    expect(told).toEqual(rows());
  });

  it('says what to do for every reason of a condition', () => {
    const reasons = [
      ...read('controller/status/condition.ts').matchAll(
        /^export (?:type \w*Reason =|const \w*_REASONS = \[)([^;\]]+)/gm,
      ),
    ].flatMap(([, union]) => [...union!.matchAll(/'(\w+)'/g)].map((match) => match[1]!));
    const told = [...operations.matchAll(/^\| `([A-Z][a-zA-Z]+)` \|/gm)].map((match) => match[1]!);

    expect(reasons.length).toBeGreaterThan(25);
    expect(told.toSorted()).toEqual([...new Set(reasons)].sort());
  });

  it('alerts only on metrics that there are', () => {
    const known = new Set(rows().map((row) => /`(\w+)`/.exec(row)![1]!));
    const yaml = operations.match(/```yaml\ngroups:[\s\S]+?```/)![0].replace(/```(yaml)?/g, '');
    const { groups } = parse(yaml) as { groups: { rules: { expr: string }[] }[] };
    const used = groups.flatMap(({ rules }) =>
      rules.flatMap(({ expr }) => expr.match(/\b[a-z]+_[a-z_]+\b/g) ?? []),
    );

    expect(used.length).toBeGreaterThan(8);
    expect(used.filter((name) => !known.has(name.replace(/_count$/, '')))).toEqual([]);
  });

  it('names every variable that the server reads', () => {
    const files = readdirSync(join(ROOT, 'controller/server')).filter((name) => /^[^.]+\.ts$/.test(name));
    const variables = new Set(
      files.flatMap((name) => read(`controller/server/${name}`).match(/\bCALLSHEET_[A-Z_]+/g) ?? []),
    );

    expect(variables.size).toBeGreaterThan(8);
    expect([...variables].filter((name) => !operations.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('docs/api.md', () => {
  it('lists every operation of the document, and no other', () => {
    const { paths } = JSON.parse(read('schemas/openapi.json')) as {
      paths: Record<string, Record<string, { summary: string; 'x-role'?: string }>>;
    };
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => method !== 'parameters')
        .map(
          ([method, { summary, 'x-role': role = 'viewer' }]) =>
            `| \`${method.toUpperCase()} ${path}\` | ${role === 'none' ? '' : role} | ${summary} |`,
        ),
    );
    const told = api.split('\n').filter((line) => /^\| `(GET|POST|DELETE|PUT) /.test(line));

    expect(told).toEqual(documented);
  });

  it('lists every event that there is', () => {
    const source = read('controller/reconcile/controller-ports.ts') + read('controller/views/events.ts');
    const types = [...source.matchAll(/readonly type: ((?:'[a-z-]+'(?: \| )?)+)/g)].flatMap(([, union]) =>
      [...union!.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]!),
    );

    expect(types.length).toBeGreaterThan(15);
    expect(types.filter((type) => !api.includes(`\`${type}\``))).toEqual([]);
  });

  it('lists every code of a refusal', () => {
    const union = /export type RefusalCode =([^;]+);/.exec(read('controller/server/problem.ts'))![1]!;
    const codes = [...union.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]!);

    expect(codes.filter((code) => !api.includes(`\`${code}\``))).toEqual([]);
  });
});
