import { allNodes, type CommandNode, type OptionNode } from './command-tree.ts';

/** A completion script for zsh. */
export function zshCompletion(tree: CommandNode): string {
  return `#compdef callsheet
# Completion of callsheet for zsh. Load it with:  source <(callsheet completion zsh)
${allNodes(tree).map(nodeFunction).join('\n\n')}

compdef _callsheet callsheet
`;
}

function nodeFunction(node: CommandNode): string {
  const { children } = node;
  const specs = [
    ...node.options.flatMap(optionSpecs),
    ...(children.length > 0 ? [`'1: :->command'`, `'*:: :->argument'`] : [argumentSpec(node)]),
  ];
  const lines = [
    `${nameOf(node)}() {`,
    '  local context state state_descr line',
    '  typeset -A opt_args',
    `  _arguments -C \\\n${specs.map((spec) => `    ${spec}`).join(' \\\n')}`,
  ];
  if (children.length > 0) {
    lines.push(
      '  case "$state" in',
      '    command)',
      `      local -a commands=(\n${children.map((child) => `        ${quoted(`${child.path.at(-1)!}:${child.summary.replaceAll(':', '\\:')}`)}`).join('\n')}\n      )`,
      "      _describe 'command' commands ;;",
      '    argument)',
      '      case "$line[1]" in',
      ...children.map((child) => `        ${child.path.at(-1)!}) ${nameOf(child)} ;;`),
      '      esac ;;',
      '  esac',
    );
  }
  return [...lines, '}'].join('\n');
}

function optionSpecs(option: OptionNode): string[] {
  const text = option.description.replace(/[[\]:]/g, (character) => `\\${character}`);
  return option.names.map((name) => quoted(`*${name}[${text}]${valueSpec(option)}`));
}

function valueSpec({ value, choices }: OptionNode): string {
  if (value === 'none') return '';
  if (choices.length > 0) return `:value:(${choices.join(' ')})`;
  return value === 'file' ? ':file:_files' : value === 'folder' ? ':folder:_files -/' : ':value: ';
}

function argumentSpec({ values }: CommandNode): string {
  return values.length > 0 ? quoted(`1:value:(${values.join(' ')})`) : `'*:argument:_files'`;
}

function nameOf({ path }: CommandNode): string {
  return ['_callsheet', ...path.map((part) => part.replaceAll('-', '_'))].join('_');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
