import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { toCallsheetError } from '../diagnostics/errors.ts';
import { messageWithHint, sentence } from '../diagnostics/sentence.ts';
import type { Plan } from '../plan/plan.ts';
import { escapeText } from '../views/escape.ts';
import { escapeHtmlBlock } from '../views/escape-html.ts';
import { planMarker, renderPlanMarkdown } from '../views/plan-markdown.ts';
import { renderValidationMarkdown } from '../views/validation-markdown.ts';
import { fetchBaseCommit } from './base-commit.ts';
import type { CiContext } from './ci-context.ts';
import type { ForgeClient } from './forge-client.ts';
import { type FailOn, gateFailure, planOutputs } from './gate.ts';
import { upsertComment } from './sticky-comment.ts';

/** What a step of a pipeline needs of the world around it. */
export interface CiWorld {
  readonly context: CiContext;
  /** Undefined without a token: then nothing is posted. */
  readonly client: ForgeClient | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  /** One line for whoever reads the log. */
  readonly say: (line: string) => void;
  /** Runs one of our own commands, shown in the log; gives its exit code and its result as text. */
  readonly run: (argv: readonly string[]) => Promise<{ readonly code: number; readonly text: string }>;
  /** Checks the specs, and shows what is wrong with them where the forge shows such things. */
  readonly validate: () => Promise<{ valid: boolean; diagnostics: readonly Diagnostic[]; folder: string }>;
  readonly readPlan: (file: string) => Promise<Plan>;
  readonly signal?: AbortSignal;
}

export interface CiOptions {
  /** Arguments that choose the library: `--specs`, `--root`, ... */
  readonly library: readonly string[];
  /** The folder of the specs, where it is one. */
  readonly specs: string;
  /** `auto`: what a pull request would be merged into. `none`: nothing. */
  readonly base: string;
  readonly refresh: boolean;
  readonly comment: boolean;
  /** Tells the comments of several libraries apart. */
  readonly key: string;
  /** Where plan and reports are written; relative to the working directory. */
  readonly folder: string;
  readonly failOn: FailOn;
}

/** Characters of what an apply says that go to the summary. */
const APPLIED_LIMIT = 100_000;
/** What GitHub shows of a summary of one step, in bytes; a character may take three. */
const SUMMARY_LIMIT = 340_000;

/**
 * Checks the specs and plans, for a pull request: writes plan and reports, shows them in the summary and the comment, and gives the exit
 * code. The comment never shows an older state than this run's: when there is no plan, it says so.
 */
export async function runCiPlan(world: CiWorld, options: CiOptions): Promise<number> {
  const checked = await world.validate();
  if (!checked.valid) {
    await publish(world, options, renderValidationMarkdown(checked.diagnostics, checked.folder, options.key));
    await writeOutputs(world, { outcome: 'invalid', passed: 'false' });
    return 1;
  }
  const plan = await makePlan(world, options);
  if (plan === undefined) {
    const where =
      world.context.runUrl === undefined
        ? 'the log of this run'
        : `[the log of this run](${world.context.runUrl})`;
    await publish(
      world,
      options,
      `${planMarker(options.key)}\n## Callsheet plan\n\n**No plan could be made.** See ${where}.\n`,
    );
    await writeOutputs(world, { outcome: 'failed', passed: 'false' });
    return 1;
  }
  const failure = gateFailure(plan, options.failOn);
  await publish(
    world,
    options,
    commentFor(plan, world, options),
    renderPlanMarkdown(plan, { ...markdownFor(world, options), limit: SUMMARY_LIMIT }),
  );
  await writeOutputs(world, { ...planOutputs(plan, failure), folder: options.folder });
  if (failure !== undefined) world.say(`Failed, as --fail-on ${options.failOn} asks: ${failure}.`);
  return failure === undefined ? 0 : 1;
}

/** Applies the plan that was reviewed; without one, plans, and applies that only where the Library says so. */
export async function runCiApply(
  world: CiWorld,
  options: CiOptions & { readonly plan: string | undefined; readonly auto: boolean },
): Promise<number> {
  const { library, plan } = options;
  if (plan !== undefined) return await applyFile(world, plan, library);
  const file = path.resolve(world.cwd, options.folder, 'plan.json');
  const { code } = await world.run([
    'plan',
    '--out',
    file,
    '--html',
    path.resolve(world.cwd, options.folder, 'report.html'),
    ...library,
  ]);
  if (code !== 0) return code;
  if (options.auto) return await applyFile(world, file, library);
  const made = await world.readPlan(file);
  if (gateFailure(made, 'changes') === undefined) return 0;
  world.say(
    `No reviewed plan goes with this commit, and spec.apply is manual: nothing is applied. To apply it: callsheet approve ${made.id}, then callsheet apply ${made.id}`,
  );
  return 0;
}

async function applyFile(world: CiWorld, file: string, library: readonly string[]): Promise<number> {
  const { code, text } = await world.run(['apply', file, '--auto-approve', ...library]);
  const title = code === 0 ? 'Applied' : 'Not all of it could be applied';
  await summarize(
    world,
    `## Callsheet: ${title}\n\n<pre>${escapeHtmlBlock(text.slice(-APPLIED_LIMIT))}</pre>\n`,
  );
  return code;
}

async function summarize({ env }: CiWorld, markdown: string): Promise<void> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file !== undefined && file !== '') await appendFile(file, `${markdown}\n`);
}

async function makePlan(
  world: CiWorld,
  { library, specs, base, refresh, folder }: CiOptions,
): Promise<Plan | undefined> {
  const { cwd, context, env, signal } = world;
  const place = path.resolve(cwd, folder);
  await mkdir(place, { recursive: true });
  const file = path.join(place, 'plan.json');
  await rm(file, { force: true });
  const compared =
    base === 'auto'
      ? await fetchBaseCommit(path.resolve(cwd, specs), context, env, signal).catch(() => undefined)
      : base === 'none'
        ? undefined
        : base;
  if (base === 'auto' && compared === undefined && context.change !== undefined)
    world.say('The commit to compare with cannot be fetched: nothing is told apart from drift.');
  const { code } = await world.run([
    'plan',
    ...['--out', file, '--html', path.join(place, 'report.html'), '--markdown', path.join(place, 'plan.md')],
    ...(refresh ? [] : ['--refresh=false']),
    ...(compared === undefined ? [] : ['--base', compared]),
    ...library,
  ]);
  try {
    return await world.readPlan(file);
  } catch (error) {
    if (code === 0) throw error;
    return undefined;
  }
}

function markdownFor({ context }: CiWorld, { key }: CiOptions) {
  const run = context.runUrl === undefined ? 'this run' : `[this run](${context.runUrl})`;
  return { key, whole: `in the artifacts of ${run} (\`report.html\`, \`plan.json\`)` };
}

function commentFor(plan: Plan, world: CiWorld, options: CiOptions): string {
  return renderPlanMarkdown(plan, markdownFor(world, options));
}

/** To the summary, and to the comment; a comment that cannot be written is said, but what counts is the plan. */
async function publish(
  world: CiWorld,
  options: CiOptions,
  comment: string,
  summary = comment,
): Promise<void> {
  const { context, client } = world;
  await summarize(world, summary);
  const { change } = context;
  if (!options.comment || change === undefined) return;
  if (client === undefined) {
    world.say('There is no token, so no comment is written; the plan is in the summary and the artifacts.');
    return;
  }
  try {
    world.say(`Comment ${await upsertComment(client, { ...context, change }, comment)}.`);
  } catch (error) {
    const problem = toCallsheetError(error);
    if (problem.code === 'internal') throw error;
    world.say(`No comment could be written: ${escapeText(sentence(messageWithHint(problem)))}`);
  }
}

/** Outputs of the step, for GitHub Actions. No value can begin another output: none holds a line feed. */
async function writeOutputs({ env }: CiWorld, outputs: Readonly<Record<string, string>>): Promise<void> {
  const file = env.GITHUB_OUTPUT;
  if (file === undefined || file === '') return;
  await appendFile(
    file,
    Object.entries(outputs)
      .map(([name, value]) => `${name}=${escapeText(value)}\n`)
      .join(''),
  );
}

/** The payload of the event that a workflow runs for; undefined where there is none. */
export async function readEvent(env: CiWorld['env']): Promise<unknown> {
  const file = env.GITHUB_EVENT_PATH;
  if (file === undefined || file === '') return undefined;
  return JSON.parse(await readFile(file, 'utf8'));
}
