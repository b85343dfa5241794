import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');

export interface ActionStep {
  readonly name: string;
  readonly id?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
}

export function readAction(): ActionFile {
  return parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as ActionFile;
}

/** Runs one step of the action as a runner would: its environment filled in, its script in bash. */
export async function runStep(
  id: string,
  options: {
    readonly cwd: string;
    readonly temp: string;
    readonly inputs?: Readonly<Record<string, string>>;
    readonly env: Readonly<Record<string, string>>;
  },
) {
  const { inputs: declared, runs } = readAction();
  const step = runs.steps.find((one) => one.id === id)!;
  const values: Record<string, string> = {
    'github.action_path': ROOT,
    'github.token': 'token-of-the-workflow',
    'runner.temp': options.temp,
  };
  for (const [name, { default: usual = '' }] of Object.entries(declared))
    values[`inputs.${name}`] = options.inputs?.[name] ?? fill(usual, values);
  const env = Object.fromEntries(
    Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value, values)]),
  );
  // As `shell: bash` does.
  return await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run!], {
    cwd: options.cwd,
    env: {
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`,
      HOME: options.temp,
      GITHUB_WORKSPACE: options.cwd,
      ...options.env,
      ...env,
    },
    extendEnv: false,
    reject: false,
  });
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the action uses ${name}, which this runner does not know`);
    return value;
  });
}
