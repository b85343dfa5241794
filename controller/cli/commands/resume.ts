import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspaceInForce } from '../open.ts';
import { type TargetOptions, targetOf, withTarget } from '../suspend-options.ts';

export const resumeCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('resume')
    .helpGroup(GROUPS.keep)
    .summary('go on with what was suspended')
    .description(
      'Ends what "callsheet suspend" began. With --rollout, lets a rollout go on that has halted or was given up: its failures are forgiven.',
    )
    .action(bind(resume));
  withTarget(command, 'go on with the rollout of the revision in force');
  withExamples(command, {
    'callsheet resume': 'the library',
    'callsheet resume --actor 0042': 'one actor',
    'callsheet resume --rollout': 'after a halt, once its cause is mended',
  });
};

async function resume(call: Call<TargetOptions>): Promise<undefined> {
  const { options, output, terminal } = call;
  const target = targetOf(options);
  const { wakeController } = await import('../api-client.ts');
  await withWorkspaceInForce(call, 'resume', async (workspace) => {
    const run =
      target.kind === 'rollout'
        ? await (await import('../../usecases/steer-rollout.ts')).steerRollout(
            workspace,
            { kind: 'resume' },
            terminal.signal,
          )
        : await (await import('../../usecases/suspend.ts')).resumeTarget(workspace, target, terminal.signal);
    await wakeController(workspace, terminal.env, terminal.signal);
    output.result({ type: 'run', run }, () => `${run.note}\n`);
  });
  return undefined;
}
