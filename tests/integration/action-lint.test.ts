import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../../controller/cli/program.ts';
import { readAction } from '../support/action-steps.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'examples/ci');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly Step[]; readonly permissions?: unknown }>
  >;
}

const workflows = readdirSync(FOLDER)
  .filter((name) => name.startsWith('github-'))
  .map((name) => ({ name, workflow: parse(readFileSync(join(FOLDER, name), 'utf8')) as Workflow }));
const actionSteps: readonly Step[] = readAction().runs.steps;
const places = [
  { name: 'action.yml', steps: actionSteps },
  ...workflows.map(({ name, workflow }) => ({
    name,
    steps: Object.values(workflow.jobs).flatMap(({ steps }) => steps),
  })),
];

describe.each(places)('$name', ({ steps }) => {
  test('other actions are pinned to a commit', () => {
    for (const { uses } of steps) {
      if (uses !== undefined && !uses.startsWith('callsheet/'))
        expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    }
  });

  test('no expression is pasted into a script, where text from outside would become shell', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  test('scripts are bash that parses, and quote every variable', async () => {
    for (const { run } of steps) {
      if (run === undefined) continue;
      await execa('bash', ['-n', '-c', run]);
      expect(run.replace(/"[^"]*"/g, '')).not.toMatch(/\$[A-Za-z_{]/);
    }
  });
});

test.each(workflows)(
  '$name asks for named rights only, and never runs with secrets on what a fork brings',
  ({ workflow }) => {
    expect(workflow.permissions).toBeTypeOf('object');
    expect(Object.values(workflow.permissions!)).not.toContain('write-all');
    expect(workflow.permissions!.contents).toBe('read');
    expect(workflow.on).not.toHaveProperty('pull_request_target');
    expect(workflow.concurrency).toBeDefined();
  },
);

test('workflows give the action no input that it does not have', () => {
  const known = new Set(Object.keys(readAction().inputs));
  for (const { steps } of places) {
    for (const { uses, with: given = {} } of steps) {
      if (uses?.startsWith('callsheet/') === true)
        expect(Object.keys(given).filter((name) => !known.has(name))).toEqual([]);
    }
  }
});

test('every command line in the GitLab template is one that the program understands', async () => {
  const template = parse(readFileSync(join(FOLDER, 'gitlab-ci.yml'), 'utf8')) as Record<
    string,
    { script?: string[] }
  >;
  const lines = Object.values(template).flatMap(({ script = [] }) => script);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) {
    const argv = line.replace('npx --yes "callsheet@$CALLSHEET_VERSION" ', '').split(' ');
    let called = false;
    const program = createProgram(memoryTerminal(), '0.0.0', () => async () => {
      called = true;
    });
    await program.parseAsync(argv, { from: 'user' });
    expect(called, line).toBe(true);
  }
});
