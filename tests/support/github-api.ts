import { createServer } from 'node:http';

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
}

/** As much of GitHub's REST API as the action uses, on loopback. */
export interface GithubApi extends AsyncDisposable {
  readonly url: string;
  readonly comments: StoredComment[];
  /** `METHOD path` of every request, in order. */
  readonly requests: string[];
  /** Status to answer the next requests with, one each. */
  readonly failures: number[];
  /** The token may read only, as in a workflow for a fork. */
  readOnly: boolean;
  readonly pulls: Map<string, unknown[]>;
  readonly runs: Map<string, { id: number; artifacts: { name: string; expired: boolean }[] }[]>;
}

const TOKEN = 'Bearer token-of-the-workflow';

export async function startGithubApi(): Promise<GithubApi> {
  const api = {
    comments: [] as StoredComment[],
    requests: [] as string[],
    failures: [] as number[],
    readOnly: false,
    pulls: new Map(),
    runs: new Map(),
  } as unknown as GithubApi;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '/', 'http://github.test');
    api.requests.push(`${request.method} ${url.pathname}`);
    const text = Buffer.concat(chunks).toString('utf8');
    const failure = api.failures.shift();
    const { status, body } =
      failure !== undefined
        ? { status: failure, body: {} }
        : request.headers.authorization !== TOKEN
          ? { status: 401, body: {} }
          : answer(api, request.method ?? 'GET', url, text === '' ? undefined : JSON.parse(text));
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(failure === 429 ? { 'retry-after': '0' } : {}),
    });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(api, {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function answer(
  api: GithubApi,
  method: string,
  url: URL,
  body: { body?: string } | undefined,
): { status: number; body: unknown } {
  const list = /^\/repos\/studio\/library\/issues\/7\/comments$/.test(url.pathname);
  const one = /^\/repos\/studio\/library\/issues\/comments\/(\d+)$/.exec(url.pathname)?.[1];
  const commit = /^\/repos\/studio\/library\/commits\/([0-9a-f]+)\/pulls$/.exec(url.pathname)?.[1];
  const run = /^\/repos\/studio\/library\/actions\/runs\/(\d+)\/artifacts$/.exec(url.pathname)?.[1];
  // The token of a workflow is no user's.
  if (url.pathname === '/user') return { status: 403, body: {} };
  if (method !== 'GET' && api.readOnly) return { status: 403, body: {} };
  if (method !== 'GET' && (body?.body ?? '').length > 65_536) return { status: 422, body: {} };
  if (list && method === 'GET') {
    const [size, page] = [Number(url.searchParams.get('per_page')), Number(url.searchParams.get('page'))];
    return { status: 200, body: api.comments.slice((page - 1) * size, page * size) };
  }
  if (list && method === 'POST') {
    const comment: StoredComment = {
      id: 1000 + api.comments.length,
      body: body?.body ?? '',
      user: { login: 'github-actions[bot]', type: 'Bot' },
    };
    api.comments.push(comment);
    return { status: 201, body: comment };
  }
  const found = api.comments.find(({ id }) => String(id) === one);
  if (found !== undefined && method === 'PATCH') {
    found.body = body?.body ?? '';
    return { status: 200, body: found };
  }
  if (commit !== undefined) return { status: 200, body: api.pulls.get(commit) ?? [] };
  if (run !== undefined) {
    const artifacts = [...api.runs.values()].flat().find(({ id }) => String(id) === run)?.artifacts ?? [];
    return {
      status: 200,
      body: { artifacts: artifacts.filter(({ name }) => name === url.searchParams.get('name')) },
    };
  }
  if (url.pathname === '/repos/studio/library/actions/runs')
    return {
      status: 200,
      body: { workflow_runs: api.runs.get(url.searchParams.get('head_sha') ?? '') ?? [] },
    };
  return { status: 404, body: {} };
}
