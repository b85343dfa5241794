import { CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import { type Judging, judgeImage } from '../../usecases/judge-image.ts';
import { planActorLive } from '../../usecases/plan-actor-live.ts';
import { restoreTrash } from '../../usecases/trash.ts';
import { refuse } from '../refusal.ts';
import { type PictureCard, pictureKey } from './actor-view.ts';
import { asPerson, type Deciding, type Done, type Fields, textOf } from './decision.ts';
import type { NoticeCode, Undo } from './notices.ts';
import { path } from './parts.ts';
import { actorIn, storyOf } from './routes-actors.ts';
import type { Dashboard } from './show-page.ts';

/** Pins, unpins, relabels or rejects a picture, or takes that back. */
export async function judge({ c, dashboard, who, fields }: Deciding): Promise<Done> {
  const actor = actorIn(c);
  const story = await storyOf(c, dashboard, actor);
  const card = [...story.images, ...story.orphans].find(({ key }) => key === c.req.param('key'));
  if (card === undefined)
    throw new CallsheetError('not-found', `actor "${actor}" has no such picture any more`);
  const address = path`/actors/${actor}/images/${card.key}`;
  const { judging, code, undo } = readJudging(c.req.param('verb') ?? '', fields, card, address);
  await dashboard.context.library.use((workspace) =>
    judgeImage(asPerson(workspace, who), card.image, judging, { actor }),
  );
  await lookAgain(dashboard, actor);
  return { code, to: `${path`/actors/${actor}`}#i-${card.key}`, ...(undo === undefined ? {} : { undo }) };
}

/** Brings an image back from the trash. The way back is a reviewable delete, as for any image that somebody does not want. */
export async function restore({ c, dashboard, who, fields }: Deciding): Promise<Done> {
  const actor = actorIn(c);
  const trash = textOf(fields, 'trash', 'an item of the trash');
  const run = await dashboard.context.library.use((workspace) =>
    restoreTrash(asPerson(workspace, who), [trash], undefined, { actors: [actor] }),
  );
  await lookAgain(dashboard, actor);
  const to = path`/actors/${actor}`;
  const image = run.actors[0]?.actions.find(({ outcome }) => outcome === 'done')?.image;
  if (run.status !== 'succeeded' || image === undefined) return { code: 'restored-partly', to };
  const key = pictureKey(image);
  return {
    code: 'restored',
    to: `${to}#i-${key}`,
    undo: {
      action: path`/actors/${actor}/images/${key}/reject`,
      fields: { reason: 'restored by mistake' },
    },
  };
}

interface Judged {
  readonly judging: Judging;
  readonly code: NoticeCode;
  readonly undo?: Undo;
}

function readJudging(verb: string, fields: Fields, card: PictureCard, address: string): Judged {
  const back = (to: string, sent: Undo['fields'] = {}) => ({ action: `${address}/${to}`, fields: sent });
  switch (verb) {
    case 'pin':
      return { judging: { kind: 'pin' }, code: 'pinned', undo: back('unpin') };
    case 'unpin':
      return { judging: { kind: 'unpin' }, code: 'unpinned', undo: back('pin') };
    case 'relabel': {
      const category = textOf(fields, 'category', 'a category');
      const before = card.judgedBy === 'person' ? card.category : undefined;
      const undo =
        before === undefined ? back('withdraw', { of: 'category' }) : back('relabel', { category: before });
      return { judging: { kind: 'relabel', category }, code: 'relabelled', undo };
    }
    case 'reject': {
      const judging = { kind: 'reject', reason: textOf(fields, 'reason', 'a reason') } as const;
      return { judging, code: 'rejected', undo: back('withdraw', { of: 'rejection' }) };
    }
    case 'withdraw': {
      const [of] = fields.of ?? [];
      const judging: Judging =
        of === 'category' || of === 'rejection' ? { kind: 'withdraw', of } : { kind: 'withdraw' };
      const undo = sayAgain(card, back);
      return { judging, code: 'withdrawn', ...(undo === undefined ? {} : { undo }) };
    }
    default:
      throw refuse('no-such-route', 'nobody can do that to a picture');
  }
}

/** What was said of a picture before it was taken back. */
function sayAgain(
  { rejected, judgedBy, category }: PictureCard,
  back: (to: string, sent: Undo['fields']) => Undo,
): Undo | undefined {
  if (rejected !== undefined) return back('reject', { reason: rejected });
  return judgedBy === 'person' && category !== undefined ? back('relabel', { category }) : undefined;
}

/** So that the decision shows at once, whether a controller runs or not. */
async function lookAgain({ context, board }: Dashboard, actor: string): Promise<void> {
  await context.api.reconcileNow([actor]).catch((error: unknown) => {
    if (!isCallsheetError(error)) throw error;
  });
  const { plan } = await context.library.use((workspace) => planActorLive(workspace, actor, 'read-only'));
  await board.note(plan);
}
