import { Option } from 'commander';
import { toCallsheetError } from '../../diagnostics/errors.ts';
import type { UnreadActor, Validation } from '../../usecases/validate-specs.ts';
import { escapeText } from '../../views/escape.ts';
import { countOf } from '../../views/text.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { noteDiagnostics, sourceOptionsOf, specsOf, withWorkspace } from '../open.ts';
import { folderOf, reportOf, VALIDATION_FORMATS, type ValidationFormat } from '../validation-report.ts';

interface ValidateOptions {
  /** False after `--no-library`. */
  readonly library: boolean;
  readonly format: ValidationFormat;
}

export const validateCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('validate')
    .helpGroup(GROUPS.start)
    .summary('check the specs')
    .description(
      'Reports every problem of the specs at once: file, line, what is wrong and what to write instead. Warnings do not fail it.',
    )
    .option('--no-library', 'do not look at the actors to see whether selectors match any')
    .addOption(
      new Option('--format <format>', 'how problems are written to standard output')
        .choices(VALIDATION_FORMATS)
        .default('text'),
    )
    .action(bind(validate));
  withExamples(command, {
    'callsheet validate': 'the specs in ./specs',
    'callsheet validate --format sarif': 'for tools that show problems at their lines',
    'callsheet validate --specs ../studio-specs --json': 'one diagnostic a line, for machines',
  });
};

async function validate(call: Call<ValidateOptions>): Promise<number> {
  const { terminal, output, options, palette } = call;
  const { openSpecSource } = await import('../../wire-specs.ts');
  const { validateSpecs } = await import('../../usecases/validate-specs.ts');
  const alone = await validateSpecs(
    openSpecSource(specsOf(options, terminal), sourceOptionsOf(options, terminal)),
    terminal.clock.now(),
    terminal.signal,
  );
  const result = alone.valid && options.library ? await withLibrary(call, alone) : alone;
  await noteDiagnostics(call, result.diagnostics);
  noteUnread(call, result.unread);
  const { valid, files, actors, unread, diagnostics } = result;
  const folder = folderOf(specsOf(options, terminal), terminal.cwd);
  const report = await reportOf(options.format, result, folder, call.version);
  const event = {
    type: 'validation',
    valid,
    files,
    ...(actors === undefined ? {} : { actors }),
    ...(unread.length === 0 ? {} : { unread }),
    diagnostics,
  };
  output.result(event, () => {
    if (report !== undefined) return report;
    if (!valid) return '';
    const against = actors === undefined ? '' : `, checked against ${countOf(actors, 'actor')}`;
    return `${palette.green('The specs are valid')}: ${countOf(files, 'file')}${against}.`;
  });
  return valid ? EXIT.ok : EXIT.error;
}

/** Actors that are named one by one before the rest is counted. */
const NAMED = 10;

/** A manifest that cannot be read is no mistake of the specs; a selector that matches only its actor would seem to match nobody. */
function noteUnread({ output }: Call<ValidateOptions>, unread: readonly UnreadActor[]): void {
  if (unread.length === 0) return;
  const rest = unread.length - NAMED;
  const lines = [
    `The selectors were not checked against ${countOf(unread.length, 'actor')}, whose ${unread.length === 1 ? 'manifest' : 'manifests'} cannot be read:`,
    ...unread.slice(0, NAMED).map(({ message }) => `  ${escapeText(message)}`),
    ...(rest > 0 ? [`  and ${countOf(rest, 'more actor')}; --json names them all`] : []),
  ];
  output.note(lines.join('\n'), true);
}

/** A library that cannot be reached from here does not make the specs wrong. */
async function withLibrary(call: Call<ValidateOptions>, alone: Validation): Promise<Validation> {
  const { terminal, output, options } = call;
  const { openSpecSource } = await import('../../wire-specs.ts');
  const { validateAgainstLibrary } = await import('../../usecases/validate-specs.ts');
  try {
    const silent = { ...call, output: { ...output, note() {}, event() {} } };
    return await withWorkspace(silent, 'validate', (workspace) =>
      validateAgainstLibrary(
        workspace,
        openSpecSource(specsOf(options, terminal), sourceOptionsOf(options, terminal)),
        terminal.signal,
      ),
    );
  } catch (error) {
    terminal.signal.throwIfAborted();
    output.note(
      `Selectors were not checked against the actors: ${escapeText(toCallsheetError(error).message)}`,
    );
    return alone;
  }
}
