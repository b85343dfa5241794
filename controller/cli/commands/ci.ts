import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { CiContext } from '../../ci/ci-context.ts';
import type { CiOptions, CiWorld } from '../../ci/ci-run.ts';
import type { ForgeClient } from '../../ci/forge-client.ts';
import { FAIL_ON, type FailOn } from '../../ci/gate.ts';
import type { ReviewedRun } from '../../ci/reviewed-run.ts';
import { type Bind, type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { sourceOptionsOf, specsOf } from '../open.ts';

interface CiCommandOptions {
  readonly base: string;
  readonly refresh: boolean;
  readonly comment: boolean;
  readonly key: string;
  readonly folder: string;
  readonly failOn: FailOn;
  readonly plan?: string;
  readonly artifact: string;
  readonly job: string;
  readonly file: string;
  readonly out: string;
}

export const ciCommand: CommandDeclaration = (program, bind) => {
  const ci = program
    .command('ci')
    .helpGroup(GROUPS.shell)
    .summary('steps of a pipeline: validate, plan, apply')
    .description(
      'What the GitHub Action and the GitLab template run. Reads the variables of GitHub Actions or GitLab CI.',
    );
  declarePlan(ci, bind);
  declareApply(ci, bind);
  declareReviewed(ci, bind);
};

function declarePlan(ci: Command, bind: Bind): void {
  const command = withFolder(ci.command('plan'))
    .description(
      'Checks the specs, plans, and shows the plan in the summary and in one comment that is updated in place.',
    )
    .option(
      '--base <ref>',
      'what to compare with: a revision, "auto" (what the request is merged into) or "none"',
      'auto',
    )
    .option(
      '--refresh',
      'evaluate what is new, which may cost money and writes state; never for what comes from forks',
      false,
    )
    .option('--no-comment', 'do not comment on the request')
    .option('--key <name>', 'tells the comments of several libraries apart', 'callsheet')
    .addOption(new Option('--fail-on <policy>', 'what fails the step').choices(FAIL_ON).default('guard'))
    .action(bind(plan));
  withExamples(command, { 'callsheet ci plan --fail-on guard': 'in a pipeline for pull requests' });
}

function declareApply(ci: Command, bind: Bind): void {
  const command = withFolder(ci.command('apply'))
    .description(
      'Applies the plan that was reviewed. Without one, plans, and applies that where spec.apply is auto.',
    )
    .option('--plan <file>', 'the plan that was reviewed; a file that is not there counts as none')
    .action(bind(apply));
  withExamples(command, {
    'callsheet ci apply --plan reviewed/plan.json': 'in a pipeline for the main branch',
  });
}

function declareReviewed(ci: Command, bind: Bind): void {
  const command = ci
    .command('reviewed')
    .description(
      'Finds the plan that was reviewed before this commit was merged. On GitHub it writes the number of its run to the outputs of the step; on GitLab it fetches the plan.',
    )
    .option('--artifact <name>', 'GitHub: under which the plan was kept', 'callsheet-plan')
    .option('--job <name>', 'GitLab: the job that made the plan', 'callsheet plan')
    .option(
      '--file <path>',
      'GitLab: where the plan is among what that job keeps',
      'callsheet-report/plan.json',
    )
    .option('--out <file>', 'GitLab: where the plan is written', 'callsheet-reviewed/plan.json')
    .action(bind(reviewed));
  withExamples(command, { 'callsheet ci reviewed': 'before the plan is downloaded and applied' });
}

function withFolder(command: Command): Command {
  return command.option('--folder <dir>', 'where plan and reports are written', 'callsheet-report');
}

async function plan(call: Call<CiCommandOptions>): Promise<number> {
  const { runCiPlan } = await import('../../ci/ci-run.ts');
  const world = await worldOf(call);
  const options = ciOptions(call);
  if (!options.refresh || !world.context.fork) return await runCiPlan(world, options);
  world.say('This comes from a fork: it is planned without paid calls.');
  return await runCiPlan(world, { ...options, refresh: false });
}

async function apply(call: Call<CiCommandOptions>): Promise<number> {
  const { runCiApply } = await import('../../ci/ci-run.ts');
  const { loadSpecs } = await import('../../spec/load-specs.ts');
  const { openSpecSource } = await import('../../wire-specs.ts');
  const { existsSync } = await import('node:fs');
  const { options, terminal } = call;
  const source = openSpecSource(specsOf(options, terminal), sourceOptionsOf(options, terminal));
  const { specs } = await loadSpecs(source, { nowMs: terminal.clock.now() }, terminal.signal);
  const file = options.plan === undefined ? undefined : path.resolve(terminal.cwd, options.plan);
  const given = file !== undefined && existsSync(file) ? file : undefined;
  return await runCiApply(await worldOf(call), {
    ...ciOptions(call),
    plan: given,
    auto: specs?.library.apply === 'auto',
  });
}

async function reviewed(call: Call<CiCommandOptions>): Promise<number> {
  const { context, client, env, say } = await worldOf(call);
  const { commit } = context;
  if (client === undefined) say('There is no token, so the reviewed plan cannot be looked for.');
  const isLost = client === undefined || commit === undefined;
  const find = context.forge === 'github' ? findOnGithub : fetchFromGitlab;
  const found = isLost ? undefined : await find(call, client, context, commit);
  say(
    found === undefined
      ? 'No reviewed plan goes with this commit.'
      : `The plan of run ${found.run} was reviewed in request ${found.change}.`,
  );
  const file = env.GITHUB_OUTPUT;
  if (file !== undefined && file !== '') await appendFile(file, `run-id=${found?.run ?? ''}\n`);
  return 0;
}

async function findOnGithub(
  { options }: Call<CiCommandOptions>,
  client: ForgeClient,
  context: CiContext,
  commit: string,
): Promise<ReviewedRun | undefined> {
  const { findReviewedRun } = await import('../../ci/reviewed-run.ts');
  return await findReviewedRun(client, context, commit, options.artifact);
}

async function fetchFromGitlab(
  { options, terminal }: Call<CiCommandOptions>,
  client: ForgeClient,
  context: CiContext,
  commit: string,
): Promise<ReviewedRun | undefined> {
  const { fetchReviewedPlan } = await import('../../ci/reviewed-plan.ts');
  const { writeTextFile } = await import('../write-text-file.ts');
  const found = await fetchReviewedPlan(client, context, commit, options);
  if (found !== undefined)
    await writeTextFile(terminal.cwd, options.out, `${JSON.stringify(found.document, null, 2)}\n`);
  return found;
}

function ciOptions({ options, terminal }: Call<CiCommandOptions>): CiOptions {
  const {
    base = 'none',
    refresh = false,
    comment = false,
    key = 'callsheet',
    folder,
    failOn = 'never',
  } = options;
  const specs = specsOf(options, terminal);
  const { root, verifySignatures } = sourceOptionsOf(options, terminal);
  const library = [
    ...['--specs', specs],
    ...(root === undefined ? [] : ['--root', root]),
    ...(verifySignatures === undefined ? [] : ['--verify-signatures', verifySignatures]),
  ];
  return { library, specs, base, refresh, comment, key, folder, failOn };
}

async function worldOf(call: Call<CiCommandOptions>): Promise<CiWorld> {
  const { readCiContext } = await import('../../ci/ci-context.ts');
  const { readEvent } = await import('../../ci/ci-run.ts');
  const { readPlanFile } = await import('../plan-file.ts');
  const { terminal, options } = call;
  const { env, cwd, signal } = terminal;
  const context = readCiContext(env, await readEvent(env));
  return {
    context,
    client: await clientFor(context, call),
    env,
    cwd: path.resolve(cwd),
    say: (line) => void terminal.stderr.write(`${line}\n`),
    async run(argv) {
      let text = '';
      const stdout = {
        write: (part: string) => {
          text += part;
          return terminal.stdout.write(part);
        },
      };
      const quiet = options.quiet === true ? ['--quiet'] : [];
      return { code: await call.invoke([...argv, ...quiet], { ...terminal, stdout }), text };
    },
    validate: () => validate(call, context),
    readPlan: async (file) => (await readPlanFile(cwd, file))!,
    signal,
  };
}

async function clientFor(
  { forge, apiUrl }: CiContext,
  { terminal }: Call<CiCommandOptions>,
): Promise<ForgeClient | undefined> {
  const { env, signal } = terminal;
  const token = forge === 'github' ? (env.GITHUB_TOKEN ?? env.GH_TOKEN) : env.GITLAB_TOKEN;
  if (token === undefined || token === '') return undefined;
  const { ForgeClient } = await import('../../ci/forge-client.ts');
  const headers: Record<string, string> =
    forge === 'github'
      ? { authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' }
      : { 'private-token': token };
  return new ForgeClient({
    apiUrl,
    headers,
    signal,
    sleep: async (ms, abort) =>
      void (await setTimeout(ms, undefined, abort === undefined ? {} : { signal: abort })),
  });
}

/** Shows problems at their lines where the forge can, and writes them in the forms that others read. */
async function validate(call: Call<CiCommandOptions>, { forge }: CiContext) {
  const { terminal, options } = call;
  const { openSpecSource } = await import('../../wire-specs.ts');
  const { validateSpecs } = await import('../../usecases/validate-specs.ts');
  const { folderOf, reportOf } = await import('../validation-report.ts');
  const { writeTextFile } = await import('../write-text-file.ts');
  const specs = specsOf(options, terminal);
  const result = await validateSpecs(
    openSpecSource(specs, sourceOptionsOf(options, terminal)),
    terminal.clock.now(),
    terminal.signal,
  );
  const folder = folderOf(specs, repositoryFolder(terminal.env, terminal.cwd));
  const report = (format: 'junit' | 'sarif' | 'github') => reportOf(format, result, folder, call.version);
  await writeTextFile(
    terminal.cwd,
    path.join(options.folder, 'validation.junit.xml'),
    (await report('junit'))!,
  );
  await writeTextFile(terminal.cwd, path.join(options.folder, 'validation.sarif'), (await report('sarif'))!);
  if (forge === 'github') terminal.stdout.write((await report('github'))!);
  else if (!result.valid) {
    const { formatDiagnostics } = await import('../../views/diagnostics-view.ts');
    const { plainPalette } = await import('../../views/palette.ts');
    terminal.stderr.write(formatDiagnostics(result.diagnostics, plainPalette));
  }
  return { valid: result.valid, diagnostics: result.diagnostics, folder };
}

/** Names of files are shown as the repository knows them, wherever in it the step works. */
function repositoryFolder(env: Readonly<Record<string, string | undefined>>, cwd: string): string {
  return env.GITHUB_WORKSPACE ?? env.CI_PROJECT_DIR ?? cwd;
}
