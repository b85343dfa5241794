import { execa } from 'execa';
import { CallsheetError } from '../diagnostics/errors.ts';
import { visibleText } from '../diagnostics/visible-text.ts';
import type { GitProtocol } from './git-url.ts';

/** What of our own environment a git command may see. Everything else is set here, so that no setting of a user or machine matters. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'SYSTEMROOT',
  'SSH_AUTH_SOCK',
  'HTTPS_PROXY',
  'https_proxy',
  'ALL_PROXY',
  'NO_PROXY',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
] as const;

/** Settings that hold for every command, whatever a repository's own configuration says. */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.attributesFile=/dev/null',
  'credential.helper=',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=30',
  'advice.detachedHead=false',
];

/** The longest that a command which talks to a server may take, in milliseconds. */
const REMOTE_TIMEOUT_MS = 120_000;
const LOCAL_TIMEOUT_MS = 30_000;
const MAX_OUTPUT_BYTES = 128 * 1_048_576;

export type GitEnvironment = Readonly<Record<string, string | undefined>>;

export interface GitCall {
  /** The folder that it runs in. */
  readonly cwd: string;
  readonly env: GitEnvironment;
  /** The one protocol that may be spoken. Undefined: none, the command is about what is here. */
  readonly protocol?: GitProtocol;
  readonly settings?: readonly string[];
  /** Where gpg finds the keys that count. */
  readonly gnupgHome?: string;
  readonly input?: string;
  /** Milliseconds. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
  /** The last line that git said, safe to print. */
  readonly said: string;
}

/**
 * Runs one git command to its end, away from users' settings: no prompt, no hook, no credential helper, no submodule, one protocol at
 * most, and a time limit. A command that fails is an answer (`exitCode`).
 *
 * @throws CallsheetError `unsupported` without git, `unavailable` when the time is up; the abort's reason when the signal aborts.
 */
export async function runGit(args: readonly string[], call: GitCall): Promise<GitResult> {
  const { cwd, input, signal, protocol } = call;
  signal?.throwIfAborted();
  const timeout = call.timeoutMs ?? (protocol === undefined ? LOCAL_TIMEOUT_MS : REMOTE_TIMEOUT_MS);
  const settings = [...SETTINGS, ...(call.settings ?? [])].flatMap((setting) => ['-c', setting]);
  const running = execa('git', ['--no-optional-locks', '--no-replace-objects', ...settings, ...args], {
    cwd,
    env: environmentFor(call),
    extendEnv: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: MAX_OUTPUT_BYTES,
    reject: false,
    // A group of its own: git's helpers (ssh, git-remote-https) do not end with it, and hold its streams open.
    detached: true,
  });
  const timeUp = AbortSignal.timeout(timeout);
  const stop = AbortSignal.any(signal === undefined ? [timeUp] : [timeUp, signal]);
  const kill = () => killGroup(running.pid);
  stop.addEventListener('abort', kill, { once: true });
  const result = await running;
  stop.removeEventListener('abort', kill);
  signal?.throwIfAborted();
  if (timeUp.aborted) {
    throw new CallsheetError(
      'unavailable',
      `git ${args[0]} did not end within ${Math.round(timeout / 1000)} seconds`,
      {
        hint: 'Is the git server reachable from here? It is tried again the next time.',
      },
    );
  }
  if (result.exitCode === undefined) {
    const missing = 'code' in result && result.code === 'ENOENT';
    throw new CallsheetError(
      missing ? 'unsupported' : 'unavailable',
      missing ? 'the program git was not found' : `git ${args[0]} was cut off`,
      {
        hint: 'Specs from a git URL need git 2.31 or newer on the PATH.',
      },
    );
  }
  return { exitCode: result.exitCode, stdout: result.stdout, said: lastLine(result.stderr) };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function environmentFor({ env, protocol, gnupgHome }: GitCall): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return {
    ...Object.fromEntries(passed),
    LC_ALL: 'C',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: protocol ?? 'none',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_LITERAL_PATHSPECS: '1',
    ...(protocol === undefined ? { GIT_NO_LAZY_FETCH: '1' } : {}),
    ...(gnupgHome === undefined ? {} : { GNUPGHOME: gnupgHome }),
    ...(protocol === 'ssh' ? { GIT_SSH_COMMAND: sshCommand(env), GIT_SSH_VARIANT: 'ssh' } : {}),
    ...(protocol === 'https' || protocol === 'http' ? tokenHeader(env) : {}),
  };
}

/** Asks nobody, trusts only known hosts, reads no user's settings; the key comes from the environment or an agent. */
function sshCommand(env: GitEnvironment): string {
  const key = env.CALLSHEET_GIT_SSH_KEY;
  const hosts = env.CALLSHEET_GIT_KNOWN_HOSTS;
  const options = [
    'ssh -F /dev/null -o BatchMode=yes -o ConnectTimeout=15 -o StrictHostKeyChecking=yes',
    ...(key === undefined ? [] : [`-o IdentitiesOnly=yes -i ${shellQuoted(key)}`]),
    ...(hosts === undefined ? [] : [`-o UserKnownHostsFile=${shellQuoted(hosts)}`]),
  ];
  return options.join(' ');
}

/** As configuration in the environment: unlike an argument or a URL, it is not seen in a list of processes, an error or a log. */
function tokenHeader(env: GitEnvironment): Record<string, string> {
  const token = env.CALLSHEET_GIT_TOKEN;
  if (token === undefined || token === '') return {};
  const user = env.CALLSHEET_GIT_USER ?? 'x-access-token';
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`,
  };
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function lastLine(stderr: Uint8Array): string {
  const lines = new TextDecoder().decode(stderr).trim().split('\n');
  const line = lines.findLast((text) => /^(?:fatal|error|remote):/.test(text)) ?? lines.at(-1) ?? '';
  return visibleText(line.replaceAll(/\/\/[^/@\s]+@/g, '//').slice(0, 300));
}
