import { allNodes, type CommandNode, type OptionNode } from './command-tree.ts';

/** A completion script for fish 3 and newer. */
export function fishCompletion(tree: CommandNode): string {
  const header = `# Completion of callsheet for fish. Load it with:  callsheet completion fish | source
complete -c callsheet -f`;
  return `${[header, ...allNodes(tree).flatMap(nodeLines)].join('\n')}\n`;
}

function nodeLines(node: CommandNode): string[] {
  const condition = `-n ${quoted(conditionOf(node))}`;
  const commands = node.children.map(
    (child) => `complete -c callsheet ${condition} -a ${child.path.at(-1)!} -d ${quoted(child.summary)}`,
  );
  const values = node.values.map((value) => `complete -c callsheet ${condition} -a ${value}`);
  const options = node.options.map((option) => `complete -c callsheet ${condition} ${optionWords(option)}`);
  return [...commands, ...values, ...options];
}

/** True where the words typed so far lead to the node. */
function conditionOf({ path, children }: CommandNode): string {
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const further =
    children.length === 0
      ? []
      : [`not __fish_seen_subcommand_from ${children.map((child) => child.path.at(-1)!).join(' ')}`];
  return [...seen, ...further].join('; and ');
}

function optionWords({ names, description, value, choices }: OptionNode): string {
  const words = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  if (choices.length > 0) words.push(`-x -a ${quoted(choices.join(' '))}`);
  else if (value === 'file') words.push('-r -F');
  else if (value === 'folder') words.push(`-x -a '(__fish_complete_directories)'`);
  else if (value === 'text') words.push('-x');
  return [...words, '-d', quoted(description)].join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
