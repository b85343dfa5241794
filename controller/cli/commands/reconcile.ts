import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { withWorkspaceInForce } from '../open.ts';
import { collect } from '../settings.ts';

interface ReconcileOptions {
  readonly actor?: readonly string[];
  readonly wait: boolean;
}

/** How long a controller that leads may take to take a request up. Milliseconds. */
const PATIENCE_MS = 60_000;

export const reconcileCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('reconcile')
    .helpGroup(GROUPS.keep)
    .summary('have the controller look now')
    .description(
      'Asks the controller to look at actors ahead of everything else; one that had stalled is tried again. Where no controller runs, does once what one would do, for the whole library.',
    )
    .option('-a, --actor <id>', 'only this actor (repeatable)', collect)
    .option('--no-wait', 'do not wait until the controller has taken it up')
    .action(bind(reconcile));
  withExamples(command, {
    'callsheet reconcile': 'every actor',
    'callsheet reconcile --actor 0042': 'one actor; what stalled it is forgotten',
  });
};

async function reconcile(call: Call<ReconcileOptions>): Promise<number> {
  const { options, output, terminal } = call;
  const { askController } = await import('../../usecases/reconcile-now.ts');
  const { wakeController } = await import('../api-client.ts');
  const asked = await withWorkspaceInForce(call, 'reconcile', async (workspace) => {
    const wake = () => wakeController(workspace, terminal.env, terminal.signal);
    const waitMs = options.wait ? PATIENCE_MS : 0;
    // What stalled an actor that is named is forgotten by whoever takes the request up, this process too.
    const forNext = options.actor !== undefined;
    return await askController(workspace, options.actor, { waitMs, wake, forNext }, terminal.signal);
  });
  if (asked.kind === 'nobody') return await reconcileHere(call);
  const text =
    asked.kind === 'taken' ? 'The controller has taken it up.' : 'The request is left for the controller.';
  output.result(
    { type: 'reconcile', taken: asked.kind === 'taken', controller: asked.by },
    () => `${text}\n`,
  );
  return EXIT.ok;
}

/** No controller leads: this process does what one would, once. */
async function reconcileHere(call: Call<ReconcileOptions>): Promise<number> {
  const { openLog, setUpController } = await import('../controller-setup.ts');
  const { logEvents } = await import('../../reconcile/log-events.ts');
  // The result says how it ended.
  const logger = await openLog(call, { logLevel: call.options.quiet === true ? 'error' : 'info' });
  const running = setUpController(call, { observers: [logEvents(logger)] });
  await running.run(call.terminal.signal, 'idle');
  const library = running.library();
  const ready = library?.conditions[0];
  call.output.result(
    { type: 'reconcile', library },
    () => `${ready?.reason ?? 'Nothing was done'}: ${ready?.message ?? ''}\n`,
  );
  return library === undefined || library.conditions.some(({ type }) => type === 'Stalled')
    ? EXIT.error
    : EXIT.ok;
}
