import type { Command, Option } from 'commander';
import { examplesFor } from './command.ts';
import { createProgram } from './program.ts';

/** Ends the part of docs/commands.md that is written by hand. */
const MARKER =
  '<!-- Generated from the program by `npm run generate`; the test says when it is out of date. -->';

/** The text of docs/commands.md with everything below its marker as the program is now. */
export function withReference(document: string): string {
  const end = document.indexOf(MARKER);
  if (end < 0) throw new Error(`the document has no marker ${MARKER}`);
  return `${document.slice(0, end)}${MARKER}\n\n${commandReference()}`;
}

/** Every command in the order of help, as Markdown: what it does, its options, examples. */
function commandReference(): string {
  const nowhere = { write: () => true };
  const program = createProgram({ stdout: nowhere, stderr: nowhere, env: {} }, '', () => async () => {});
  const groups = Map.groupBy(program.commands, (command) => command.helpGroup());
  const sections = [...groups].map(([group, commands]) => {
    const heading = `## ${group.replace(/:$/, '')}`;
    return [heading, ...commands.flatMap((command) => commandSections(command, 'callsheet'))].join('\n\n');
  });
  const common = [
    '## Options of every command',
    optionTable(program.options.filter(({ long }) => long !== '--version')),
  ];
  return `${[...common, ...sections].join('\n\n')}\n`;
}

/** One section for a command, or one for each command below it. */
function commandSections(command: Command, path: string): string[] {
  const name = `${path} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((child) => commandSections(child, name));
  return [
    `### \`${[name, ...argumentWords(command)].join(' ')}\``,
    command.description(),
    optionTable(command.options),
    exampleBlock(command),
  ].filter((part) => part !== '');
}

function argumentWords({ registeredArguments }: Command): string[] {
  return registeredArguments.map((argument) => {
    const name = `${argument.name().toUpperCase()}${argument.variadic ? '...' : ''}`;
    return argument.required ? name : `[${name}]`;
  });
}

function optionTable(options: readonly Option[]): string {
  if (options.length === 0) return '';
  const rows = options.map(
    (option) =>
      `| ${flagsOf(option)} | ${option.description.replaceAll('|', '\\|').replaceAll('*', '\\*')}${defaultOf(option)} |`,
  );
  return ['| option | meaning |', '| --- | --- |', ...rows].join('\n');
}

/** `--actor ID`, `-a`. */
function flagsOf({ flags }: Option): string {
  const words = flags
    .split(', ')
    .map((flag) => `\`${flag.replace(/<(.+)>/, (_, name: string) => name.toUpperCase())}\``);
  return words.reverse().join(', ').replaceAll('|', '\\|');
}

function defaultOf({ defaultValue, negate }: Option): string {
  return typeof defaultValue === 'string' && !negate ? ` (default: \`${defaultValue}\`)` : '';
}

function exampleBlock(command: Command): string {
  const examples = examplesFor(command);
  const width = Math.max(...examples.map(({ line }) => line.length));
  return ['```sh', ...examples.map(({ line, what }) => `${line.padEnd(width)}  # ${what}`), '```'].join('\n');
}
