import { isAbsolute, relative, resolve } from 'node:path';
import { CallsheetError } from '../../diagnostics/errors.ts';
import { s3EndpointIn } from '../../object-store/s3-url.ts';
import type { InitResult } from '../../usecases/init-library.ts';
import { escapeText } from '../../views/escape.ts';
import { countOf } from '../../views/text.ts';
import { type Bind, type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';

interface InitOptions {
  readonly from?: string;
  readonly force?: boolean;
}

export const initCommand: CommandDeclaration = (program, bind: Bind) => {
  const command = program
    .command('init')
    .helpGroup(GROUPS.start)
    .summary('write specs to begin with')
    .description(
      'Writes a commented Library and Distribution into the specs folder. Never overwrites anything without --force.',
    )
    .option(
      '--from <dir>',
      'describe the library in this folder: data/actors/*/training_data/manifest.json, data/actor_manifests/*.json',
    )
    .option('--force', 'replace specs that are there')
    .action(bind(init));
  withExamples(command, {
    'callsheet init': 'specs for the library in this folder',
    'callsheet init --from ../studio': 'specs that match the folders of the scripts',
  });
};

async function init(call: Call<InitOptions>): Promise<undefined> {
  const { terminal, options, output } = call;
  if (options.specs.includes('://')) {
    throw new CallsheetError('invalid-input', 'specs can only be written into a folder', {
      hint: 'Give --specs with a folder.',
    });
  }
  const { initLibrary } = await import('../../usecases/init-library.ts');
  const specs = resolve(terminal.cwd, options.specs);
  const request = {
    specs,
    root: options.root === undefined ? resolve(specs, '..') : resolve(terminal.cwd, options.root),
    ...(options.from === undefined ? {} : { from: resolve(terminal.cwd, options.from) }),
    endpoint: s3EndpointIn(terminal.env),
    force: options.force === true,
  };
  const result = await initLibrary(request, terminal.signal);
  output.result(
    { type: 'init', files: result.files, ...(result.survey === undefined ? {} : { survey: result.survey }) },
    () => describe(result, call),
  );
  return undefined;
}

function describe(
  { files, survey, needsRoot }: InitResult,
  { terminal, options, palette }: Call<InitOptions>,
): string {
  const shown = (path: string) => {
    const near = relative(terminal.cwd, path);
    return escapeText(near.startsWith('..') || isAbsolute(near) ? path : near);
  };
  const flags = `${options.specs === 'specs' ? '' : ` --specs ${escapeText(options.specs)}`}${needsRoot === undefined ? '' : ` --root ${shown(needsRoot)}`}`;
  const found =
    survey === undefined
      ? []
      : [`Found ${countOf(survey.actors, 'actor')} with ${countOf(survey.images, 'image')}.`];
  const problems =
    survey?.problems.slice(0, 10).map((problem) => palette.yellow(`warning: ${escapeText(problem)}`)) ?? [];
  const nobody = survey !== undefined && survey.withoutActorManifest > 0;
  return [
    ...found,
    ...problems,
    ...(nobody
      ? [
          palette.yellow(
            `warning: ${countOf(survey.withoutActorManifest, 'actor')} without an actor manifest will not be seen`,
          ),
        ]
      : []),
    ...files.map((file) => `${palette.green('Wrote')} ${shown(file)}`),
    '',
    'What to do next:',
    `  callsheet validate${flags}   # are the specs right?`,
    `  callsheet stats${flags}      # what is there`,
    `  callsheet plan${flags}       # what would be done; changes nothing`,
    ...(needsRoot === undefined
      ? []
      : ['', 'The manifests name images relative to that folder, so every command needs --root.']),
  ].join('\n');
}
