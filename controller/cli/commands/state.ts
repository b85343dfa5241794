import { type Command, InvalidArgumentError } from 'commander';
import { parseDuration } from '../../spec/duration.ts';
import type { StateBackend } from '../../state-backend/state-backend.ts';
import { escapeBlock, escapeText } from '../../views/escape.ts';
import { countOf } from '../../views/text.ts';
import { type Bind, type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { sourceOptionsOf, specsOf, withWorkspace } from '../open.ts';

export const stateCommand: CommandDeclaration = (program, bind) => {
  const state = program
    .command('state')
    .helpCommand(false)
    .helpGroup(GROUPS.upkeep)
    .summary('what Callsheet remembers: list, show, rm, prune, copy, migrate')
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
  const prune = state
    .command('prune')
    .description(
      'Removes what nobody needs any more: thumbnails of pictures that are in no library and no trash and, if asked to, old runs.',
    )
    .option(
      '--runs-older-than <duration>',
      'also runs (with their plans) that cannot be undone any more',
      duration,
    )
    .option('--dry-run', 'only say how much that is')
    .action(bind(pruneAll));
  withExamples(prune, {
    'callsheet state prune': 'thumbnails only',
    'callsheet state prune --runs-older-than 365d --dry-run': 'how much a year of history would leave',
  });
  declareMoves(state, bind);
};

function duration(value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined) throw new InvalidArgumentError('It must be a duration such as 90d.');
  return ms;
}

function declareMoves(state: Command, bind: Bind): void {
  const copy = state
    .command('copy <from> <to>')
    .description(
      'Copies all state to an empty place and compares both sides. An interrupted copy is taken up again by the same command. ' +
        'FROM and TO are file:, s3:// or postgres:// URLs; relative paths start at the working directory.',
    )
    .option(
      '--force',
      'although somebody is at work on the library: what they write meanwhile may be missing',
    )
    .action(bind(copyAll));
  withExamples(copy, {
    'callsheet state copy file:state postgres://': 'move to the database that DATABASE_URL names',
    'callsheet state copy postgres://db.internal/callsheet s3://studio/state/': 'and from there to a bucket',
  });
  const migrate = state
    .command('migrate [url]')
    .description(
      'Brings a database to the schema that this version needs. Steps that older versions do not notice are made without it; for ' +
        'others, stop every Callsheet first. There is no way back.',
    )
    .action(bind(migrateAll));
  withExamples(migrate, {
    'callsheet state migrate': 'the state of the library in ./specs',
    'callsheet state migrate postgres://': 'the database that DATABASE_URL names',
  });
}

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

async function pruneAll(
  call: Call<{ readonly runsOlderThan?: number; readonly dryRun?: boolean }>,
): Promise<undefined> {
  const { options, output, terminal } = call;
  const { runsOlderThan, dryRun = false } = options;
  const report = await withWorkspace(call, 'state prune', async ({ state, clock }) => {
    const { pruneState } = await import('../../usecases/state-prune.ts');
    const runs = runsOlderThan === undefined ? {} : { runsOlderThanMs: runsOlderThan };
    return await pruneState({ state, clock, dryRun, ...runs }, terminal.signal);
  });
  output.result({ type: 'state-pruned', dryRun, ...report }, () => {
    const said = dryRun ? 'Would remove' : 'Removed';
    return `${said} ${countOf(report.thumbnails, 'thumbnail')} and ${countOf(report.runs, 'run')}.`;
  });
  return undefined;
}

async function copyAll(call: Call<{ readonly force?: boolean }>): Promise<undefined> {
  const { args, options, output, terminal } = call;
  const { openState } = await import('../../wire-state.ts');
  const { copyState } = await import('../../usecases/state-copy.ts');
  const [from, to] = args.map((url) => ({ url, root: terminal.cwd, env: terminal.env }));
  await using source = disposable(await openState(from!, terminal.signal));
  await using target = disposable(await openState(to!, terminal.signal));
  const onProgress = (pass: string, done: number) => {
    if (done % 1_000 === 0) output.note(`${done} documents ${pass}`);
  };
  const copying = { from: source.state, to: target.state, clock: terminal.clock, onProgress };
  const report = await copyState({ ...copying, force: options.force === true }, terminal.signal);
  output.result({ type: 'state-copied', ...report }, () => {
    const resumed = report.already === 0 ? '' : ` (${report.already} were there from before)`;
    return `Copied ${report.total} documents${resumed}. Both sides are the same: ${report.digest.slice(0, 16)}.\nName the new place as spec.state.`;
  });
  return undefined;
}

/** Closes a backend that has something to close. */
function disposable(state: StateBackend): AsyncDisposable & { readonly state: StateBackend } {
  return { state, [Symbol.asyncDispose]: async () => await state[Symbol.asyncDispose]?.() };
}

async function migrateAll(call: Call<unknown>): Promise<undefined> {
  const { args, options, output, terminal } = call;
  const { migrateState, statePlaceOf } = await import('../../wire-state.ts');
  const [url] = args;
  const place =
    url === undefined
      ? await statePlaceOf(
          specsOf(options, terminal),
          sourceOptionsOf(options, terminal),
          terminal.clock.now(),
          terminal.signal,
        )
      : { url, root: terminal.cwd };
  const report = await migrateState({ ...place, env: terminal.env }, terminal.signal);
  output.result({ type: 'migrated', ...report }, () =>
    report.applied.length === 0
      ? `${report.url} is up to date (schema version ${report.to}).`
      : `${report.url} now has schema version ${report.to}: ${report.applied.join(', ')}.`,
  );
  return undefined;
}
