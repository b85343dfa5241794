import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../../spec/duration.ts';
import { isOnCalendar } from '../../spec/suspend.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspaceInForce } from '../open.ts';
import { type TargetOptions, targetOf, withTarget } from '../suspend-options.ts';

interface SuspendOptions extends TargetOptions {
  readonly reason: string;
  readonly until?: string;
}

export const suspendCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('suspend')
    .helpGroup(GROUPS.keep)
    .summary('stop applying, for now')
    .description(
      'Stops applying for the whole library, a distribution or an actor, by a controller and by "callsheet apply" alike. It is still observed and planned. Changes nothing in git.',
    )
    .requiredOption('--reason <text>', 'why, for whoever meets it later', words)
    .option(
      '--until <time>',
      'when it ends by itself: a time such as 2027-01-31T18:00:00Z, or a duration such as 2d',
      moment,
    )
    .action(bind(suspend));
  withTarget(command, 'give up the rollout of the revision in force');
  withExamples(command, {
    'callsheet suspend --reason "moving the bucket"': 'everything',
    'callsheet suspend --actor 0042 --reason "new photographs" --until 2d': 'one actor, for two days',
  });
};

async function suspend(call: Call<SuspendOptions>): Promise<undefined> {
  const { options, output, terminal } = call;
  const target = targetOf(options);
  const { wakeController } = await import('../api-client.ts');
  await withWorkspaceInForce(call, 'suspend', async (workspace) => {
    const { reason, until } = options;
    const run =
      target.kind === 'rollout'
        ? await (await import('../../usecases/steer-rollout.ts')).steerRollout(
            workspace,
            { kind: 'suspend', reason },
            terminal.signal,
          )
        : await (await import('../../usecases/suspend.ts')).suspendTarget(
            workspace,
            target,
            { reason, ...(until === undefined ? {} : { until: endOf(until, workspace.clock.now()) }) },
            terminal.signal,
          );
    await wakeController(workspace, terminal.env, terminal.signal);
    output.result({ type: 'run', run }, () => `${run.note}\n`);
  });
  return undefined;
}

function words(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('It must say why, for whoever meets it later.');
}

function moment(value: string): string {
  if (parseDuration(value) !== undefined) return value;
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.test(value);
  if (isTime && isOnCalendar(value)) return value;
  if (isTime) throw new InvalidArgumentError('There is no such day or time.');
  throw new InvalidArgumentError('It must be a time such as 2027-01-31T18:00:00Z, or a duration such as 2d.');
}

function endOf(until: string, nowMs: number): string {
  const ms = parseDuration(until);
  return new Date(ms === undefined ? Date.parse(until) : nowMs + ms).toISOString();
}
