import { escapeText } from '../../views/escape.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspaceInForce } from '../open.ts';

export const forceUnlockCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('force-unlock <lease>')
    .helpGroup(GROUPS.upkeep)
    .summary('take a lease from a process that is gone')
    .description(
      'Frees a lease at once. A process that still holds it notices and stops; leases of dead processes end by themselves.',
    )
    .action(bind(forceUnlock));
  withExamples(command, { 'callsheet force-unlock apply': 'the lease that the error message named' });
};

async function forceUnlock(call: Call<unknown>): Promise<undefined> {
  const { args, output, terminal } = call;
  const name = args[0]!;
  const holder = await withWorkspaceInForce(call, 'force-unlock', async (workspace) => {
    const { unlock } = await import('../../usecases/state-admin.ts');
    return await unlock(workspace, name, terminal.signal);
  });
  output.result({ type: 'unlocked', lease: name, ...(holder === undefined ? {} : { holder }) }, () =>
    holder === undefined
      ? `Nobody held ${escapeText(name)}.`
      : `Took ${escapeText(name)} from "${escapeText(holder.command)}" on ${escapeText(holder.host)}, process ${holder.pid}.`,
  );
  return undefined;
}
