import { Command, type Option } from 'commander';
import { type Bind, GROUPS } from './command.ts';
import { COMMANDS } from './commands.ts';
import { COMMON_OPTIONS } from './settings.ts';
import { type Terminal, wantsColor, widthOf } from './terminal.ts';

const DESCRIPTION = "Keeps every actor's training images at the mix that the specs say they should have.";

const FOOTER = `
Exit codes: 0 fine, 1 error, 2 changes (plan --detailed-exitcode),
130 and 143 after a signal.
Start with "callsheet init", then "callsheet plan": it changes nothing.`;

/** The whole command line. Parsing throws commander's `CommanderError` instead of ending the process. */
export function createProgram(
  terminal: Pick<Terminal, 'stdout' | 'stderr' | 'env'>,
  version: string,
  bind: Bind,
): Command {
  const { stdout, stderr, env } = terminal;
  const program = new Command('callsheet')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .addHelpCommand(
      new Command('help')
        .argument('[command]')
        .helpGroup(GROUPS.shell)
        .description('show help for a command'),
    )
    .optionsGroup('Common options:')
    .configureHelp({
      showGlobalOptions: true,
      subcommandTerm: term,
      visibleGlobalOptions: commonOptions,
      styleTitle: title,
    })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => widthOf(stdout, env),
      getErrHelpWidth: () => widthOf(stderr, env),
      getOutHasColors: () => wantsColor(stdout, env, undefined),
      getErrHasColors: () => wantsColor(stderr, env, undefined),
    })
    .showHelpAfterError('hint: "callsheet help" lists the commands, "callsheet COMMAND --help" explains one')
    .exitOverride()
    .addHelpText('after', FOOTER);
  for (const option of COMMON_OPTIONS) program.addOption(option);
  for (const declare of COMMANDS) declare(program, bind);
  return program;
}

/** A command in a list of commands: its name and arguments; that it has options goes without saying. */
function term(command: Command): string {
  const words = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...words].join(' ');
}

/** The options that a subcommand takes because every command does. */
function commonOptions(command: Command): Option[] {
  return command.parent === null ? [] : [...COMMON_OPTIONS];
}

/** One spelling for commander's headings and ours. */
function title(text: string): string {
  return text === 'Global Options:' ? 'Common options:' : text;
}
