import { Argument } from 'commander';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const completionCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('completion')
    .helpGroup(GROUPS.shell)
    .summary('complete commands and options with the tab key')
    .description('Prints a completion script for your shell.')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action(bind(completion));
  withExamples(command, {
    'callsheet completion bash >> ~/.bashrc': 'bash',
    'callsheet completion zsh > "${fpath[1]}/_callsheet"': 'zsh',
    'callsheet completion fish > ~/.config/fish/completions/callsheet.fish': 'fish',
  });
};

async function completion({ args, output, program }: Call<unknown>): Promise<undefined> {
  const { commandTree } = await import('../completion/command-tree.ts');
  const script = await scriptFor(args[0] as (typeof SHELLS)[number]);
  const text = script(commandTree(program));
  output.result({ type: 'completion', shell: args[0]!, script: text }, () => text);
  return undefined;
}

async function scriptFor(shell: (typeof SHELLS)[number]) {
  switch (shell) {
    case 'bash':
      return (await import('../completion/bash.ts')).bashCompletion;
    case 'zsh':
      return (await import('../completion/zsh.ts')).zshCompletion;
    case 'fish':
      return (await import('../completion/fish.ts')).fishCompletion;
  }
}
