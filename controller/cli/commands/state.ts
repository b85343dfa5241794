import { escapeBlock, escapeText } from '../../views/escape.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspace } from '../open.ts';

export const stateCommand: CommandDeclaration = (program, bind) => {
  const state = program
    .command('state')
    .helpCommand(false)
    .helpGroup(GROUPS.upkeep)
    .summary('what Callsheet remembers: list, show, rm')
    .description('The documents that Callsheet keeps in its state: actors, plans, runs, leases, money.');
  const list = state.command('list [prefix]').description('Names of the documents.').action(bind(listState));
  withExamples(list, {
    'callsheet state list': 'all of them',
    'callsheet state list runs/': 'the records of runs',
  });
  const show = state.command('show <document>').description('One document, as JSON.').action(bind(showState));
  withExamples(show, { 'callsheet state show actors/0042.json': 'what is remembered of one actor' });
  const remove = state
    .command('rm <document>')
    .description(
      'Removes one document. What can be found out again is found out again; what cannot is only removed with --force.',
    )
    .option(
      '--force',
      'also what cannot be found out again: the trash list, what people said of images, an open journal',
    )
    .action(bind(removeState));
  withExamples(remove, {
    'callsheet state rm actors/0042.json': 'forget one actor, so that it is evaluated anew',
  });
};

async function listState(call: Call<unknown>): Promise<undefined> {
  const { args, output, terminal } = call;
  const documents = await withWorkspace(call, 'state list', async (workspace) => {
    const { listDocuments } = await import('../../usecases/state-admin.ts');
    return await listDocuments(workspace, args[0] ?? '', terminal.signal);
  });
  output.result({ type: 'documents', documents }, () => documents.map(escapeText).join('\n'));
  return undefined;
}

async function showState(call: Call<unknown>): Promise<undefined> {
  const { args, output, terminal } = call;
  const name = args[0]!;
  const document = await withWorkspace(call, 'state show', async (workspace) => {
    const { readDocument } = await import('../../usecases/state-admin.ts');
    return await readDocument(workspace, name, terminal.signal);
  });
  output.result({ type: 'document', name, document }, () => escapeBlock(JSON.stringify(document, null, 2)));
  return undefined;
}

async function removeState(call: Call<{ readonly force?: boolean }>): Promise<undefined> {
  const { args, options, output, terminal } = call;
  const name = args[0]!;
  await withWorkspace(call, 'state rm', async (workspace) => {
    const { removeDocument } = await import('../../usecases/state-admin.ts');
    await removeDocument(workspace, name, options.force === true, terminal.signal);
  });
  output.result({ type: 'removed', name }, () => `Removed ${escapeText(name)}.`);
  return undefined;
}
