import { isCallsheetError } from '../../diagnostics/errors.ts';
import type { LibraryAccess } from '../../server/server-context.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';

interface UiOptions {
  readonly listen?: string;
}

export const uiCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('ui')
    .helpGroup(GROUPS.look)
    .summary('look at the library in a browser, and decide')
    .description(
      'Serves the dashboard and the API over the state alone, without a controller: the fleet, every actor’s pictures, plans and runs. ' +
        'Listens on this machine only, unless a token says who may come from elsewhere (docs/dashboard.md).',
    )
    .option('--listen <host:port>', 'where to listen (as CALLSHEET_LISTEN)')
    .action(bind(ui));
  withExamples(command, {
    'callsheet ui': 'on http://127.0.0.1:8322',
    'callsheet ui --listen 127.0.0.1:0': 'on any free port',
  });
};

async function ui(call: Call<UiOptions>): Promise<undefined> {
  const { options, output, terminal, palette, version } = call;
  const { followLibrary } = await import('../ui-setup.ts');
  const { readServerSettings } = await import('../../server/server-settings.ts');
  const { serveDashboard } = await import('../../server/ui/serve-dashboard.ts');
  const settings = await readServerSettings(terminal.env, options.listen);
  await using library = await followLibrary(call);
  await seeThatStateWorks(call, library);
  const { env, clock, stderr } = terminal;
  await using server = await serveDashboard(library, { settings, version, clock, env, sink: stderr });
  output.result(
    { type: 'listening', url: server.url },
    () => `The dashboard is at ${palette.bold(server.url)}. Stop it with Ctrl-C.`,
  );
  await untilAborted(terminal.signal);
  return undefined;
}

/** A disk that takes no writes leaves something to look at: that is told, and served all the same. @throws CallsheetError for any other trouble. */
async function seeThatStateWorks(
  { output, terminal }: Call<UiOptions>,
  library: LibraryAccess,
): Promise<void> {
  const { requireUsableState } = await import('../../usecases/require-usable.ts');
  try {
    await library.use((workspace) => requireUsableState(workspace, terminal.signal));
  } catch (error) {
    if (!isCallsheetError(error, 'storage-full', 'read-only')) throw error;
    output.report({
      type: 'warning',
      code: error.code,
      message: `${error.message} What is decided here cannot be kept.`,
    });
  }
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
