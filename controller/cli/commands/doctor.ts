import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { sourceOptionsOf, specsOf } from '../open.ts';

export const doctorCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('doctor')
    .helpGroup(GROUPS.start)
    .summary('see whether everything that the library needs is there')
    .description(
      'Looks at credentials, stores and their rights, models and their prices and ends, the clock, the disk and git. Costs nothing; writes a probe to each ' +
        'place and removes it. One line each with what to do; exit code 1 when something is wrong.',
    )
    .action(bind(doctor));
  withExamples(command, {
    'callsheet doctor': 'before the first plan, and when something does not work',
    'callsheet doctor --json': 'for machines',
  });
};

async function doctor({ terminal, output, options, palette }: Call<unknown>): Promise<number> {
  const { prepareDoctor } = await import('../../wire-doctor.ts');
  const { examine } = await import('../../usecases/doctor.ts');
  const request = {
    specs: specsOf(options, terminal),
    ...sourceOptionsOf(options, terminal),
    env: terminal.env,
    clock: terminal.clock,
  };
  const checks = await examine(await prepareDoctor(request, terminal.signal), terminal.signal);
  const { renderChecks } = await import('../../views/doctor-view.ts');
  const isWell = checks.every(({ status }) => status !== 'failure');
  output.result({ type: 'doctor', ok: isWell, checks }, () => renderChecks(checks, palette));
  return isWell ? EXIT.ok : EXIT.error;
}
