import type { Command } from 'commander';
import type { Judging } from '../../usecases/judge-image.ts';
import { escapeText } from '../../views/escape.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspace } from '../open.ts';

interface JudgeOptions {
  readonly actor?: string;
  readonly reason?: string;
}

const IMAGE =
  'IMAGE is its path or URL as a plan shows it, ACTOR#NUMBER with its number on the contact sheet, or, with --actor, the end of its path.';

export const pinCommand: CommandDeclaration = (program, bind) => {
  const command = declare(
    program,
    'pin <image>',
    'never delete this image',
    `Protects an image for good, in the training manifest. ${IMAGE}`,
  );
  command.action(
    bind((call: Call<JudgeOptions>) => judge(call, { kind: 'pin' }, 'is pinned: no plan deletes it.')),
  );
  withExamples(command, { 'callsheet pin 0042#3': 'image 3 on the contact sheet of actor 0042' });
};

export const unpinCommand: CommandDeclaration = (program, bind) => {
  const command = declare(
    program,
    'unpin <image>',
    'lift a pin',
    `Lets plans delete the image again. ${IMAGE}`,
  );
  command.action(bind((call: Call<JudgeOptions>) => judge(call, { kind: 'unpin' }, 'is no longer pinned.')));
  withExamples(command, { 'callsheet unpin 0042#3': 'image 3 on the contact sheet of actor 0042' });
};

export const relabelCommand: CommandDeclaration = (program, bind) => {
  const command = declare(
    program,
    'relabel <image> <category>',
    'say what an image is',
    `Says which category an image is of. What a person said outranks every evaluator. ${IMAGE}`,
  );
  command.action(
    bind((call: Call<JudgeOptions>) => {
      const category = call.args[1]!;
      return judge(call, { kind: 'relabel', category }, `is ${escapeText(category)} from now on.`);
    }),
  );
  withExamples(command, {
    'callsheet relabel 0042#3 bw_stylized': 'image 3 of actor 0042 is a black-and-white illustration',
  });
};

export const rejectCommand: CommandDeclaration = (program, bind) => {
  const command = declare(
    program,
    'reject <image>',
    'say that an image is bad',
    `The next plan deletes the image. ${IMAGE}`,
  );
  command.requiredOption('--reason <text>', 'why, for whoever reviews the plan');
  command.action(
    bind((call: Call<JudgeOptions>) => {
      return judge(
        call,
        { kind: 'reject', reason: call.options.reason! },
        'is rejected: the next plan deletes it.',
      );
    }),
  );
  withExamples(command, { 'callsheet reject 0042#3 --reason "six fingers"': 'the next plan deletes it' });
};

function declare(program: Command, syntax: string, summary: string, description: string): Command {
  return program
    .command(syntax)
    .helpGroup(GROUPS.images)
    .summary(summary)
    .description(description)
    .option('-a, --actor <id>', 'the actor whose image it is');
}

async function judge(call: Call<JudgeOptions>, judging: Judging, done: string): Promise<undefined> {
  const { args, options, output, terminal, palette } = call;
  const image = args[0]!;
  const run = await withWorkspace(call, judging.kind, async (workspace) => {
    const { judgeImage } = await import('../../usecases/judge-image.ts');
    return await judgeImage(
      workspace,
      image,
      judging,
      options.actor === undefined ? {} : { actor: options.actor },
      terminal.signal,
    );
  });
  output.result({ type: 'run', run }, () => `${palette.bold(escapeText(image))} ${done}`);
  return undefined;
}
