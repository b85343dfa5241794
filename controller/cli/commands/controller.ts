import { Option } from 'commander';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';

interface ControllerCommandOptions {
  readonly once?: boolean;
  readonly listen?: string;
  /** False after `--no-server`. */
  readonly server: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly logFormat?: 'json' | 'pretty';
}

export const controllerCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('controller')
    .helpGroup(GROUPS.keep)
    .summary('keep the library as the specs say')
    .description(
      'Follows the specs (a watched folder, or a branch of a git repository), looks at every actor again and again, writes plans, and applies what ' +
        'policy allows: windows, approvals, guards, budgets, rollouts. Runs until it is stopped; several share the work where the state is in Postgres, otherwise the others wait for the first to end (docs/controller.md).',
    )
    .option('--once', 'do everything that can be done now, then end')
    .option(
      '--listen <host:port>',
      'where health, metrics, API and dashboard are served (as CALLSHEET_LISTEN)',
    )
    .option('--no-server', 'serve nothing and notify nobody')
    .addOption(
      new Option('--log-level <level>', 'how much to log')
        .choices(['debug', 'info', 'warn', 'error'])
        .default('info'),
    )
    .addOption(new Option('--log-format <format>', 'JSON, or lines for people').choices(['json', 'pretty']))
    .action(bind(controller));
  withExamples(command, {
    'callsheet controller': 'with the specs in ./specs',
    'callsheet controller --specs https://example.com/casting.git#main:specs': 'follow a branch',
    'callsheet controller --once --no-server': 'in a scheduled job',
  });
};

async function controller(call: Call<ControllerCommandOptions>): Promise<number> {
  const { options, terminal } = call;
  const { openLog, serveController, setUpController, startTraces } = await import('../controller-setup.ts');
  const logger = await openLog(call, options);
  terminal.tellInterrupts((text) => logger.info({ event: 'stopping' }, text));
  if (options.once === true || !options.server) {
    const { logEvents } = await import('../../reconcile/log-events.ts');
    const running = setUpController(call, { observers: [logEvents(logger)] });
    await running.run(terminal.signal, options.once === true ? 'idle' : undefined);
    return options.once === true && isFailing(running.library()) ? EXIT.error : EXIT.ok;
  }
  await using _tracing = await startTraces(call, logger);
  const serving = await serveController(call, logger, options.listen);
  const running = setUpController(call, serving.parts);
  await using server = await serving.start(running);
  logger.info({ event: 'listening', url: server.url }, `listens on ${server.url}`);
  await running.run(terminal.signal);
  return EXIT.ok;
}

/** Whether something is wrong that waiting does not mend: what waits for a person or a window is as it should be. */
function isFailing(
  library:
    | {
        readonly conditions: readonly { readonly type: string; readonly reason: string }[];
        readonly actors: readonly { readonly reason: string }[];
      }
    | undefined,
): boolean {
  if (library === undefined) return true;
  const fine = [
    'Balanced',
    'Unmanaged',
    'Suspended',
    'AwaitingApproval',
    'WindowClosed',
    'BudgetExhausted',
    'OutsideTolerance',
  ];
  return (
    library.conditions.some(({ type }) => type === 'Stalled') ||
    library.actors.some(({ reason }) => !fine.includes(reason))
  );
}
