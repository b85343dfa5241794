import { hostname } from 'node:os';
import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import { readSecret } from '../runtime/read-secret.ts';
import { readControllerFile, readToken, tokenPath } from '../server/controller-file.ts';
import type { Workspace } from '../workspace.ts';

type Env = Readonly<Record<string, string | undefined>>;
/** On whose behalf a controller is asked. */
type Asking = Pick<Workspace, 'state' | 'who' | 'report'>;

/** A controller on the other end is either there at once or not worth waiting for. Milliseconds. */
const CONNECT_MS = 2_000;
const ANSWER_MS = 30_000;
const TOKEN = 'CALLSHEET_API_TOKEN';
const WITHOUT = 'going by the state alone';

/** Speaks to the API of a controller that runs, on behalf of this user. */
export class ApiClient {
  readonly url: string;
  private readonly token: string;
  private readonly who: string;

  constructor(url: string, token: string, who: string) {
    this.url = url;
    this.token = token;
    this.who = who;
  }

  /** @throws CallsheetError `unavailable` when nobody answers; `auth`, `not-found`, `invalid-input` or `unavailable` as the answer says. */
  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await this.call('GET', path, undefined, ANSWER_MS, signal)) as T;
  }

  /** @throws CallsheetError as `get`. */
  async post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    return (await this.call('POST', path, body, ANSWER_MS, signal)) as T;
  }

  /** Whether a controller answers there, and knows this user: another program may have its port by now. */
  async greet(signal?: AbortSignal): Promise<'known' | 'refused' | 'nobody'> {
    try {
      const session = await this.call('GET', '/session', undefined, CONNECT_MS, signal);
      const isController =
        typeof session === 'object' && session !== null && 'who' in session && 'role' in session;
      return isController ? 'known' : 'nobody';
    } catch (error) {
      signal?.throwIfAborted();
      if (isCallsheetError(error, 'auth')) return 'refused';
      if (error instanceof CallsheetError) return 'nobody';
      throw error;
    }
  }

  private async call(
    method: string,
    path: string,
    body: unknown,
    limitMs: number,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const limit = AbortSignal.timeout(limitMs);
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      redirect: 'error',
      headers: {
        authorization: `Bearer ${this.token}`,
        'x-callsheet-user': this.who,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    }).catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw new CallsheetError('unavailable', `the controller at ${this.url} does not answer`, { cause });
    });
    const answer = await this.read(response, signal);
    if (response.ok) return answer;
    throw problemError(response.status, answer);
  }

  private async read(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
    try {
      const text = await response.text();
      return text === '' ? undefined : JSON.parse(text);
    } catch (cause) {
      signal?.throwIfAborted();
      throw new CallsheetError('unavailable', `what answers at ${this.url} is no controller`, { cause });
    }
  }
}

/**
 * The controller that keeps this state, if this user may talk to it: by the token file of the same machine, else by `CALLSHEET_API_TOKEN`
 * or the file that `CALLSHEET_API_TOKEN_FILE` names. Undefined when there is none; then a command works on the state itself. That there is no
 * such file, or that the token is refused, is told: it is no wish of the user's.
 */
export async function findController(
  { state, who, report }: Asking,
  env: Env,
  signal?: AbortSignal,
): Promise<ApiClient | undefined> {
  const file = await readControllerFile(state, signal);
  if (file === undefined) return undefined;
  const path = tokenPath(state.url, env);
  const own = file.host === hostname() ? await readToken(path) : undefined;
  const token = own ?? (await readGivenToken(env, report));
  if (token === undefined) return undefined;
  const client = new ApiClient(file.url, token, who);
  const answer = await client.greet(signal);
  if (answer === 'refused') {
    const message = `the controller at ${file.url} refuses the token ${own === undefined ? givenIn(env) : `of ${path}`}; ${WITHOUT}`;
    report({ type: 'warning', code: 'auth', message });
  }
  return answer === 'known' ? client : undefined;
}

async function readGivenToken(env: Env, report: Asking['report']): Promise<string | undefined> {
  try {
    return await readSecret(env, TOKEN);
  } catch (error) {
    if (!isCallsheetError(error)) throw error;
    report({ type: 'warning', code: error.code, message: `${error.message}; ${WITHOUT}` });
    return undefined;
  }
}

/** As `readSecret` chooses. */
function givenIn(env: Env): string {
  const isInVariable = (env[TOKEN]?.trim() ?? '') !== '';
  return isInVariable ? `in ${TOKEN}` : `in ${TOKEN}_FILE`;
}

/**
 * Tells the controller that keeps this state, if one answers, that something was written for it there. It would find it by itself a few
 * seconds later, so that nothing depends on this.
 */
export async function wakeController(workspace: Asking, env: Env, signal?: AbortSignal): Promise<boolean> {
  try {
    const client = await findController(workspace, env, signal);
    if (client === undefined) return false;
    await client.post('/wake', undefined, signal);
    return true;
  } catch (error) {
    if (error instanceof CallsheetError) return false;
    throw error;
  }
}

function problemError(status: number, answer: unknown): CallsheetError {
  const { detail, hint } = (answer ?? {}) as { detail?: string; hint?: string };
  const message = detail ?? `the controller answered ${status}`;
  const details = hint === undefined ? {} : { hint };
  if (status === 401 || status === 403) return new CallsheetError('auth', message, details);
  if (status === 404) return new CallsheetError('not-found', message, details);
  if (status >= 500) return new CallsheetError('unavailable', message, details);
  return new CallsheetError('invalid-input', message, details);
}
