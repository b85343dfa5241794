import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { sourceOptionsOf, specsOf } from '../open.ts';
import { wholeNumber } from '../settings.ts';

interface CalibrateOptions {
  readonly provider?: 'local' | 'openai';
  readonly model?: string;
  readonly runs: number;
  /** US dollars. */
  readonly budget: number;
}

export const calibrateCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('calibrate <dir>')
    .helpGroup(GROUPS.look)
    .summary('measure an evaluator against labelled pictures')
    .description(
      'DIR holds one subfolder of pictures per category, or labels.csv with lines of "file,category". Shows them to the evaluator on contact sheets, as a plan does, ' +
        'and says how often it is right, where on the sheet it goes wrong, whether it says the same twice, and what it costs. Changes nothing.',
    )
    .addOption(new Option('--provider <name>', "instead of the Library's").choices(['local', 'openai']))
    .option('--model <name>', "instead of the Library's")
    .option('--runs <n>', 'how often each picture is shown, each time in another order', wholeNumber(1), 2)
    .option('--budget <usd>', 'refuse what could cost more than this', dollars, 1)
    .action(bind(calibrate));
  withExamples(command, {
    'callsheet calibrate ../gold': 'the evaluator of the Library',
    'callsheet calibrate ../gold --provider openai --model gpt-6-luna --budget 0.50':
      'a successor, before the switch',
  });
};

async function calibrate(call: Call<CalibrateOptions>): Promise<number> {
  const { terminal, output, options, args, palette, width } = call;
  const { openCalibrator } = await import('../../wire-calibrate.ts');
  const { readLabelled } = await import('../../usecases/calibrate-labels.ts');
  const usecase = await import('../../usecases/calibrate.ts');
  const { provider, model, runs, budget } = options;
  const { evaluator, categories, thumbnail, limits } = await openCalibrator(
    {
      specs: specsOf(options, terminal),
      ...sourceOptionsOf(options, terminal),
      env: terminal.env,
      clock: terminal.clock,
      budgetUsd: budget,
      ...(provider === undefined ? {} : { provider }),
      ...(model === undefined ? {} : { model }),
    },
    terminal.signal,
  );
  try {
    const pictures = await readLabelled(resolve(terminal.cwd, args[0]!), categories);
    const request = { pictures, categories, evaluator, thumbnail, limits, runs, budgetUsd: budget };
    const result = await usecase.calibrate(request, terminal.signal);
    const { renderCalibration } = await import('../../views/calibrate-view.ts');
    output.result({ type: 'calibration', calibration: result }, () =>
      renderCalibration(result, { palette, width }),
    );
    return result.failedShare === 1 ? EXIT.error : EXIT.ok;
  } finally {
    await evaluator[Symbol.asyncDispose]?.();
  }
}

function dollars(value: string): number {
  const usd = Number(value);
  if (value.trim() === '' || !Number.isFinite(usd) || usd < 0)
    throw new InvalidArgumentError('It must be an amount in US dollars, such as 0.50.');
  return usd;
}
