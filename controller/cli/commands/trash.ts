import type { Command } from 'commander';
import { countOf } from '../../views/text.ts';
import { type Bind, type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { confirmed } from '../confirm.ts';
import { EXIT } from '../exit-codes.ts';
import { withWorkspace } from '../open.ts';
import { selectionOf, withSelection } from '../selection.ts';
import type { SelectionOptions } from '../settings.ts';

interface EmptyOptions extends SelectionOptions {
  readonly all?: boolean;
  readonly autoApprove?: boolean;
}

export const trashCommand: CommandDeclaration = (program, bind) => {
  const trash = program
    .command('trash')
    .helpCommand(false)
    .helpGroup(GROUPS.images)
    .summary('deleted images: list, restore, empty')
    .description('Deleted images wait in the trash until their retention ends.');
  declareList(trash, bind);
  declareRestore(trash, bind);
  declareEmpty(trash, bind);
};

function declareList(trash: Command, bind: Bind): void {
  const command = trash
    .command('list')
    .description('Shows what is in the trash, the oldest first.')
    .action(bind(list));
  withExamples(withSelection(command), {
    'callsheet trash list': 'all of it',
    'callsheet trash list --actor 0042': 'what one actor lost',
  });
}

function declareRestore(trash: Command, bind: Bind): void {
  const command = trash
    .command('restore <id...>')
    .description('Brings images back into their training sets, to where their entries stood.')
    .action(bind(restore));
  withExamples(command, { 'callsheet trash restore 3f9a1c': 'by the id that "trash list" shows' });
}

function declareEmpty(trash: Command, bind: Bind): void {
  const command = trash
    .command('empty')
    .description('Removes for good what has waited for its whole retention. This cannot be undone.')
    .option('--all', 'everything, also what could still be had back')
    .option('--auto-approve', 'do not ask')
    .action(bind(empty));
  withExamples(withSelection(command), {
    'callsheet trash empty': 'what has expired',
    'callsheet trash empty --all --actor 0042': 'everything of one actor, at once',
  });
}

async function list(call: Call<SelectionOptions>): Promise<undefined> {
  const { options, output, palette, width, terminal } = call;
  const items = await withWorkspace(call, 'trash list', async (workspace) => {
    const { listTrash } = await import('../../usecases/trash.ts');
    return await listTrash(workspace, selectionOf(options), terminal.signal);
  });
  const { renderTrash } = await import('../../views/trash-view.ts');
  output.result({ type: 'trash', items }, () => renderTrash(items, { palette, width }));
  return undefined;
}

async function restore(call: Call<unknown>): Promise<number> {
  const { args, output, palette, width, terminal } = call;
  const run = await withWorkspace(call, 'trash restore', async (workspace) => {
    const { restoreTrash } = await import('../../usecases/trash.ts');
    return await restoreTrash(workspace, args, terminal.signal);
  });
  const { renderRun } = await import('../../views/run-view.ts');
  output.result({ type: 'run', run }, () => renderRun(run, { palette, width }));
  return run.status === 'succeeded' ? EXIT.ok : EXIT.error;
}

async function empty(call: Call<EmptyOptions>): Promise<number> {
  const { options, output, terminal } = call;
  return await withWorkspace(call, 'trash empty', async (workspace) => {
    const { emptyTrash, listTrash } = await import('../../usecases/trash.ts');
    const selection = selectionOf(options);
    const now = new Date(terminal.clock.now()).toISOString();
    const due = (await listTrash(workspace, selection, terminal.signal)).filter(
      ({ item }) => options.all === true || item.expiresAt <= now,
    );
    const text = `${countOf(due.length, 'image')} will be removed for good. This cannot be undone.`;
    if (
      due.length > 0 &&
      options.autoApprove !== true &&
      !(await confirmed(terminal, { text, option: '--auto-approve' }))
    ) {
      output.note('Nothing was removed.', true);
      return EXIT.error;
    }
    const { run, removed } = await emptyTrash(
      workspace,
      { ...selection, all: options.all === true },
      terminal.signal,
    );
    output.result({ type: 'run', run }, () => `${countOf(removed.length, 'image')} removed for good.`);
    return EXIT.ok;
  });
}
