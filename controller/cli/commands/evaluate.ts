import type { EvaluatedActor } from '../../usecases/evaluate-library.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { withWorkspace } from '../open.ts';
import { selectionOf, withSelection } from '../selection.ts';
import type { SelectionOptions } from '../settings.ts';

export const evaluateCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('evaluate')
    .helpGroup(GROUPS.look)
    .summary('say what each image is and how good')
    .description(
      'Evaluates images that nobody has evaluated yet, and draws the contact sheets. Plans nothing and changes no image.',
    )
    .action(bind(evaluate));
  withExamples(withSelection(command), {
    'callsheet evaluate': 'every actor',
    'callsheet evaluate --actor 0042': 'one actor, with its contact sheet drawn anew',
  });
};

async function evaluate(call: Call<SelectionOptions>): Promise<number> {
  const { options, output, palette, width, terminal } = call;
  const { actors, place } = await withWorkspace(call, 'evaluate', async (workspace) => {
    const { evaluateLibrary } = await import('../../usecases/evaluate-library.ts');
    return {
      actors: await evaluateLibrary(workspace, selectionOf(options), terminal.signal),
      place: workspace.state.url,
    };
  });
  const { renderEvaluations } = await import('../../views/evaluation-view.ts');
  output.result({ type: 'evaluation', actors }, () => renderEvaluations(actors, place, { palette, width }));
  return actors.some(hasFailed) ? EXIT.error : EXIT.ok;
}

function hasFailed({ error }: EvaluatedActor): boolean {
  return error !== undefined;
}
