import { InvalidArgumentError, Option } from 'commander';

/** The options that every command takes, as commander hands them over. */
export interface CommonOptions {
  /** A folder, or a git URL. */
  readonly specs: string;
  /** The library's root; what it is when absent is for the workspace to say. */
  readonly root?: string;
  /** `ssh:FILE` or `gpg:FILE`. */
  readonly verifySignatures?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
  /** False after `--no-color`. */
  readonly color: boolean;
}

/** The options of commands that can be told to look at some actors only. */
export interface SelectionOptions {
  readonly actor?: readonly string[];
  readonly type?: readonly string[];
  readonly random?: boolean;
}

export const COMMON_OPTIONS: readonly Option[] = [
  new Option('--specs <dir|git-url>', 'where the specs are').default('specs'),
  new Option(
    '--root <dir>',
    'where relative paths in the specs start (default: the folder that holds the specs)',
  ),
  new Option(
    '--verify-signatures <keys>',
    'take specs only from commits signed with one of these keys: ssh:FILE or gpg:FILE (as CALLSHEET_VERIFY_SIGNATURES)',
  ),
  new Option('--json', 'one JSON event a line on standard output'),
  new Option('-q, --quiet', 'no progress and no remarks'),
  new Option('--verbose', 'say more'),
  new Option('--no-color', 'no colours (as the environment variable NO_COLOR)'),
  new Option('--debug', 'stack traces with errors (as CALLSHEET_DEBUG=1)'),
];

export const SELECTION_OPTIONS: readonly Option[] = [
  new Option('-a, --actor <id>', 'only this actor (repeatable)').argParser(collect),
  new Option('-t, --type <type>', 'only actors of this type (repeatable)').argParser(collect),
  new Option('--random', 'only one actor, picked at random'),
];

/** Parser of an option that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  if (value === '') throw new InvalidArgumentError('It must not be empty.');
  return [...(previous ?? []), value];
}

/** Parser of a whole number from `minimum` on. */
export function wholeNumber(minimum: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isSafeInteger(number) || number < minimum)
      throw new InvalidArgumentError(`It must be a whole number from ${minimum} on.`);
    return number;
  };
}
