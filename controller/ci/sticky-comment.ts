import { isCallsheetError } from '../diagnostics/errors.ts';
import type { CiContext } from './ci-context.ts';
import type { ForgeClient } from './forge-client.ts';

interface ForgeComment {
  readonly id: number;
  readonly body?: string | null;
  /** GitHub. */
  readonly user?: { readonly login?: string; readonly type?: string } | null;
  /** GitLab. */
  readonly author?: { readonly username?: string } | null;
}

/**
 * Puts a comment on a pull or merge request, or replaces the one that is there: it is known by its first line, and by who wrote it, so
 * that nobody else's comment is ever overwritten.
 */
export async function upsertComment(
  client: ForgeClient,
  context: CiContext & { readonly change: number },
  body: string,
): Promise<'created' | 'updated' | 'unchanged'> {
  const { forge, project, change } = context;
  const list =
    forge === 'github'
      ? `/repos/${project}/issues/${change}/comments`
      : `/projects/${project}/merge_requests/${change}/notes`;
  const one = (id: number) =>
    forge === 'github' ? `/repos/${project}/issues/comments/${id}` : `${list}/${id}`;
  const mine = await findMine(client, list, body.slice(0, body.indexOf('\n')));
  if (mine === undefined) {
    await client.create(list, { body });
    return 'created';
  }
  if (sameText(mine.body ?? '', body)) return 'unchanged';
  await client.replace(forge === 'github' ? 'PATCH' : 'PUT', one(mine.id), { body });
  return 'updated';
}

async function findMine(
  client: ForgeClient,
  list: string,
  marker: string,
): Promise<ForgeComment | undefined> {
  let me: string | undefined | 'unknown' = 'unknown';
  for await (const comment of client.list<ForgeComment>(list)) {
    if ((comment.body ?? '').split(/\r?\n/, 1)[0] !== marker) continue;
    if (me === 'unknown') me = await whoAmI(client);
    const author = comment.user?.login ?? comment.author?.username;
    // The token of a workflow may not ask who it is; it writes as a bot.
    if (me === undefined ? comment.user?.type === 'Bot' : author === me) return comment;
  }
  return undefined;
}

async function whoAmI(client: ForgeClient): Promise<string | undefined> {
  try {
    const me = await client.get<{ login?: string; username?: string }>('/user');
    return me.login ?? me.username;
  } catch (error) {
    if (isCallsheetError(error, 'auth', 'not-found')) return undefined;
    throw error;
  }
}

function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trimEnd() === b.trimEnd();
}
