import type { Command, Option } from 'commander';

/** What a shell has to know to complete a command line. */
export interface CommandNode {
  /** Words that lead here, without the program's name: `[]`, `['trash']`, `['trash', 'list']`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly children: readonly CommandNode[];
  readonly options: readonly OptionNode[];
  /** Values of the first positional argument, where they are known. */
  readonly values: readonly string[];
}

export interface OptionNode {
  /** `--actor`, and `-a` where there is a short form. */
  readonly names: readonly string[];
  readonly description: string;
  readonly value: 'none' | 'text' | 'file' | 'folder';
  readonly choices: readonly string[];
}

/** The commands and options of a program, hidden ones left out; every command takes the program's own options too. */
export function commandTree(program: Command): CommandNode {
  return nodeOf(program, [], []);
}

function nodeOf(command: Command, path: readonly string[], inherited: readonly OptionNode[]): CommandNode {
  const help = command.createHelp();
  const options = [...help.visibleOptions(command).map(optionOf), ...inherited];
  const passedOn = options.filter(({ names }) => !names.includes('--help') && !names.includes('--version'));
  const children = help.visibleCommands(command).filter((child) => child.name() !== 'help');
  return {
    path,
    summary: command.summary() || command.description(),
    options,
    children: children.map((child) =>
      nodeOf(child, [...path, child.name()], path.length === 0 ? passedOn : []),
    ),
    values: command.registeredArguments[0]?.argChoices ?? [],
  };
}

function optionOf(option: Option): OptionNode {
  return {
    names: [option.long, option.short].filter((name) => name !== undefined && name !== null),
    description: option.description,
    value: takes(option),
    choices: option.argChoices ?? [],
  };
}

/** By the placeholder: `<file>` and `<dir>` say what they are. */
function takes({ required, optional, flags }: Option): OptionNode['value'] {
  if (!required && !optional) return 'none';
  if (/<[^>]*file/.test(flags)) return 'file';
  return /<[^>]*dir/.test(flags) ? 'folder' : 'text';
}

/** Every node, parents before children. */
export function allNodes(node: CommandNode): CommandNode[] {
  return [node, ...node.children.flatMap(allNodes)];
}
