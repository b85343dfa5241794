import { isCallsheetError } from '../../diagnostics/errors.ts';
import { type Judging, judgeImage } from '../../usecases/judge-image.ts';
import { restoreTrash as bringBack, listTrash as readTrash, type TrashedItem } from '../../usecases/trash.ts';
import { onBehalf } from '../on-behalf.ts';
import type { ApiCall, Reply } from './operation.ts';

/** The document says which fields go with which kind. */
type JudgementBody = Judging & { readonly image: string };

export async function judge({ context, identity, input, body }: ApiCall): Promise<Reply> {
  const actor = String(input.actor);
  const { image, ...judging } = body as JudgementBody;
  const run = await context.library.use((workspace) =>
    judgeImage(onBehalf(workspace, identity.who), image, judging, { actor }),
  );
  await lookAgain(context, [actor]);
  return { json: run };
}

export async function listTrash({ context, input, signal }: ApiCall): Promise<Reply> {
  const { actor, offset, limit } = input as { actor?: readonly string[]; offset: number; limit: number };
  const selection = actor === undefined ? {} : { actors: actor };
  const all = await context.library.use((workspace) => readTrash(workspace, selection, signal));
  return {
    json: { total: all.length, offset, limit, items: all.slice(offset, offset + limit).map(describeTrash) },
  };
}

export async function restoreTrash({ context, identity, body }: ApiCall): Promise<Reply> {
  const { ids } = body as { ids: readonly string[] };
  const run = await context.library.use((workspace) => bringBack(onBehalf(workspace, identity.who), ids));
  await lookAgain(
    context,
    run.actors.map(({ actor }) => actor),
  );
  return { json: run };
}

/** So that the decision shows at once. A controller that stands by, or none at all, finds it by itself. */
async function lookAgain({ api }: ApiCall['context'], actors: readonly string[]): Promise<void> {
  if (actors.length === 0) return;
  try {
    await api.reconcileNow(actors);
  } catch (error) {
    if (!isCallsheetError(error)) throw error;
  }
}

function describeTrash({ actor, item }: TrashedItem): unknown {
  const { id, image, digest, category, quality, reason, run, deletedAt, expiresAt } = item;
  return {
    actor,
    id,
    image,
    digest,
    ...(category === undefined ? {} : { category }),
    ...(quality === undefined ? {} : { quality }),
    reason,
    run,
    deletedAt,
    expiresAt,
  };
}
