import { allNodes, type CommandNode, type OptionNode } from './command-tree.ts';

/** A completion script for bash 3.2 and newer. */
export function bashCompletion(tree: CommandNode): string {
  const nodes = allNodes(tree);
  return `# Completion of callsheet for bash. Load it with:  source <(callsheet completion bash)
_callsheet() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path="" word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$path/$word" in
${nodes
  .filter(({ path }) => path.length > 0)
  .map(walkCase)
  .join('\n')}
    esac
  done
  case "$prev" in
${valueCases(nodes)}
  esac
  case "$path" in
${nodes.map(wordsCase).join('\n')}
  esac
}
complete -o default -F _callsheet callsheet
`;
}

function walkCase({ path }: CommandNode): string {
  return `      "${key(path.slice(0, -1))}/${path.at(-1)!}") path="${key(path)}" ;;`;
}

function valueCases(nodes: readonly CommandNode[]): string {
  const options = new Map(
    nodes
      .flatMap(({ options }) => options)
      .filter(({ value }) => value !== 'none')
      .map((option) => [option.names.join('|'), option]),
  );
  return [...options].map(([names, option]) => `    ${names}) ${reply(option)} return ;;`).join('\n');
}

function reply({ value, choices }: OptionNode): string {
  if (choices.length > 0) return `COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$cur"));`;
  if (value === 'file') return 'COMPREPLY=($(compgen -f -- "$cur"));';
  return value === 'folder' ? 'COMPREPLY=($(compgen -d -- "$cur"));' : 'COMPREPLY=();';
}

function wordsCase({ path, children, options, values }: CommandNode): string {
  const words = [...children.map((child) => child.path.at(-1)!), ...values];
  const flags = options.flatMap(({ names }) => names.filter((name) => name.startsWith('--')));
  return `    "${key(path)}") COMPREPLY=($(compgen -W "${[...words, ...flags].join(' ')}" -- "$cur")) ;;`;
}

function key(path: readonly string[]): string {
  return path.map((part) => `/${part}`).join('');
}
