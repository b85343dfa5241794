import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryTerminal } from '../../tests/support/memory-terminal.ts';
import { type Bind, examplesFor } from './command.ts';
import { createProgram } from './program.ts';
import { withReference } from './reference.ts';
import { runProgram } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'callsheet-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function commandsBelow(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...commandsBelow(child)]);
}

function pathOf(command: Command): string {
  return command.parent === null ? 'callsheet' : `${pathOf(command.parent)} ${command.name()}`;
}

/** A program whose commands record that they were called, and nothing else. */
function recordingProgram() {
  const calls: string[] = [];
  const bind: Bind = () =>
    async function (this: Command) {
      calls.push(pathOf(this));
    } as (...parameters: unknown[]) => Promise<void>;
  return { calls, program: createProgram(memoryTerminal(), '1.2.3', bind) };
}

/** As a shell splits a line: quotes hold words together, redirections are not for the program. */
function words(line: string): string[] {
  const [command = ''] = line.split(/ >>? /);
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
}

const leaves = commandsBelow(recordingProgram().program).filter(({ commands }) => commands.length === 0);

describe('every command', () => {
  it.each(leaves.map((command) => [pathOf(command), command] as const))(
    '%s has examples that parse',
    async (path, command) => {
      const examples = examplesFor(command);
      expect(examples.length).toBeGreaterThan(0);
      for (const { line } of examples) {
        const { calls, program } = recordingProgram();
        await program.parseAsync(words(line).slice(1), { from: 'user' });
        expect(calls).toEqual([path]);
      }
    },
  );

  it('is in docs/commands.md as it is now', () => {
    const document = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8');
    expect(document, 'run "npm run generate"').toBe(withReference(document));
    for (const command of leaves) {
      expect(document).toContain(`### \`${pathOf(command)}`);
      for (const { long } of command.options) expect(document).toContain(`\`${long}`);
    }
  });
});

describe('a command line that cannot be understood', () => {
  it.each([
    [['plann'], "error: unknown command 'plann'\n(Did you mean plan?)\n"],
    [['plan', '--jsno'], "error: unknown option '--jsno'\n(Did you mean --json?)\n"],
    [['rollback'], "error: missing required argument 'run'\n"],
    [['plan', '--refresh=maybe'], "error: option '--refresh <boolean>' argument 'maybe' is invalid."],
    [['history', '--limit', '0'], "error: option '--limit <number>' argument '0' is invalid."],
    [['completion', 'tcsh'], "error: command-argument value 'tcsh' is invalid for argument 'shell'."],
    [['stats', 'extra'], "error: too many arguments for 'stats'."],
  ])('%j is explained and exits with 1', async (argv, message) => {
    const terminal = memoryTerminal();
    expect(await runProgram(argv, terminal)).toBe(1);
    expect(terminal.written.err).toContain(message);
    expect(terminal.written.err).toContain('hint: "callsheet help" lists the commands');
    expect(terminal.written.out).toBe('');
  });
});

describe('help', () => {
  it.each([
    [['--help']],
    [['help', 'plan']],
    [['plan', '--help']],
    [['--version']],
    [['trash', 'list', '-h']],
  ])('%j goes to stdout', async (argv) => {
    const terminal = memoryTerminal();
    expect(await runProgram(argv, terminal)).toBe(0);
    expect(terminal.written.out).not.toBe('');
    expect(terminal.written.err).toBe('');
  });

  it('groups the commands and fits 80 columns', async () => {
    const terminal = memoryTerminal();
    await runProgram(['--help'], terminal);
    for (const heading of ['Get started:', 'Change the library:', 'Decide about images:'])
      expect(terminal.written.out).toContain(heading);
    const lines = terminal.written.out.split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('an error', () => {
  it('is a message and what to do, without a stack', async () => {
    const terminal = memoryTerminal({ cwd: folder });
    expect(await runProgram(['show', 'missing/plan.json'], terminal)).toBe(1);
    expect(terminal.written.err).toBe(`error: there is no plan file ${join(folder, 'missing/plan.json')}\n`);
  });

  it('is coloured where colours are wanted', async () => {
    const coloured = memoryTerminal({ cwd: folder, env: { FORCE_COLOR: '1' } });
    await runProgram(['show', './x.json'], coloured);
    expect(coloured.written.err).toContain('\x1b[31m');
    const plain = memoryTerminal({ cwd: folder, isTTY: true, env: { NO_COLOR: '1' } });
    await runProgram(['show', './x.json'], plain);
    expect(plain.written.err).not.toContain('\x1b[3');
  });

  it('is an event of --json as well', async () => {
    const terminal = memoryTerminal({ cwd: folder });
    expect(await runProgram(['show', './x.json', '--json'], terminal)).toBe(1);
    const events = terminal.written.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ type }) => type)).toEqual(['version', 'error']);
    expect(events[1]).toMatchObject({ code: 'not-found' });
  });

  it('shows its stack with --debug', async () => {
    const terminal = memoryTerminal({ cwd: folder });
    await runProgram(['show', './x.json', '--debug'], terminal);
    expect(terminal.written.err).toMatch(/\n {4}at /);
  });
});
