import { CallsheetError } from '../diagnostics/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a pipeline's environment says of the change that it runs for. */
export interface CiContext {
  readonly forge: 'github' | 'gitlab';
  /** Without a slash at its end. */
  readonly apiUrl: string;
  /** `owner/name`, or the project's number. */
  readonly project: string;
  /** The pull or merge request; undefined when the pipeline does not run for one. */
  readonly change?: number;
  /** Where the run can be looked at. */
  readonly runUrl?: string;
  /** The commit that the change is compared with: what it would be merged into. */
  readonly baseCommit?: string;
  /** The change comes from another repository: nothing it brings along is to be trusted. */
  readonly fork: boolean;
  /** The commit that the pipeline runs for. */
  readonly commit?: string;
}

/**
 * Reads the variables of GitHub Actions or GitLab CI.
 *
 * @param event the event's payload, of GitHub Actions.
 * @throws CallsheetError `unsupported` elsewhere.
 */
export function readCiContext(env: Environment, event: unknown): CiContext {
  if (env.GITHUB_ACTIONS !== undefined || env.GITHUB_REPOSITORY !== undefined) return github(env, event);
  if (env.GITLAB_CI !== undefined) return gitlab(env);
  throw new CallsheetError('unsupported', 'this is neither GitHub Actions nor GitLab CI', {
    hint: 'Use "callsheet plan --markdown FILE", and post the file with what your pipeline has.',
  });
}

function github(env: Environment, event: unknown): CiContext {
  const project = required(env, 'GITHUB_REPOSITORY');
  if (!/^(?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+$/.test(project)) throw malformed('GITHUB_REPOSITORY');
  const change = field(event, 'pull_request');
  const number = field(change, 'number');
  const base = field(field(change, 'base'), 'sha');
  const head = field(field(field(change, 'head'), 'repo'), 'full_name');
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const run = env.GITHUB_RUN_ID;
  return {
    forge: 'github',
    apiUrl: apiUrl(env.GITHUB_API_URL ?? 'https://api.github.com', 'GITHUB_API_URL'),
    project,
    fork: change !== undefined && head !== project,
    ...(typeof number === 'number' ? { change: number } : {}),
    ...(isCommit(base) ? { baseCommit: base } : {}),
    ...(run === undefined || !/^\d+$/.test(run)
      ? {}
      : { runUrl: `${server}/${project}/actions/runs/${run}` }),
    ...(isCommit(env.GITHUB_SHA) ? { commit: env.GITHUB_SHA } : {}),
  };
}

function gitlab(env: Environment): CiContext {
  const project = required(env, 'CI_PROJECT_ID');
  if (!/^\d+$/.test(project)) throw malformed('CI_PROJECT_ID');
  const change = Number.parseInt(env.CI_MERGE_REQUEST_IID ?? '', 10);
  const base = env.CI_MERGE_REQUEST_DIFF_BASE_SHA;
  const source = env.CI_MERGE_REQUEST_SOURCE_PROJECT_ID;
  return {
    forge: 'gitlab',
    apiUrl: apiUrl(required(env, 'CI_API_V4_URL'), 'CI_API_V4_URL'),
    project,
    fork: source !== undefined && source !== project,
    ...(Number.isSafeInteger(change) ? { change } : {}),
    ...(isCommit(base) ? { baseCommit: base } : {}),
    ...(env.CI_JOB_URL === undefined ? {} : { runUrl: env.CI_JOB_URL }),
    ...(isCommit(env.CI_COMMIT_SHA) ? { commit: env.CI_COMMIT_SHA } : {}),
  };
}

function isCommit(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw malformed(name);
  return value;
}

function apiUrl(text: string, name: string): string {
  if (!URL.canParse(text) || !/^https?:\/\//.test(text)) throw malformed(name);
  return text.replace(/\/+$/, '');
}

function malformed(name: string): CallsheetError {
  return new CallsheetError(
    'invalid-input',
    `the environment variable ${name} is missing or not what this pipeline should set`,
  );
}
