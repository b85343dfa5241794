import { updateManifest } from '../apply/manifest-writer.ts';
import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import { leaveRequest } from '../reconcile/requests.ts';
import type { ActorRecord, Judgement } from '../records/actor-record.ts';
import { readActorRecord, writeActorRecord } from '../records/actor-records.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { Workspace } from '../workspace.ts';
import { type FoundImage, findImage } from './find-image.ts';
import { RunLog } from './run-log.ts';

/** What a person says of an image. */
export type Judging =
  | { readonly kind: 'pin' | 'unpin' }
  | { readonly kind: 'relabel'; readonly category: string }
  | { readonly kind: 'reject'; readonly reason: string }
  /** What people said of it before counts no more: all of it, or only the label or the rejection. */
  | { readonly kind: 'withdraw'; readonly of?: 'category' | 'rejection' };

type Pinning = Extract<Judging, { kind: 'pin' | 'unpin' }>;

/** Records what a person says of an image: pins in the manifest, labels and rejections in state. Both outrank every evaluator. */
export async function judgeImage(
  workspace: Workspace,
  text: string,
  judging: Judging,
  options: { readonly actor?: string } = {},
  signal?: AbortSignal,
): Promise<RunRecord> {
  const found = await findImage(workspace, text, options.actor, signal);
  const note = describe(judging, found);
  if (isPinning(judging)) await setPinned(workspace, found, judging.kind === 'pin', signal);
  else await recordJudgement(workspace, found, judging, signal);
  const log = await RunLog.open(workspace, { kind: judging.kind, estimateUsd: 0, note });
  log.add({
    actor: found.view.actor.id,
    type: found.view.actor.type,
    outcome: 'applied',
    actions: [],
    costUsd: 0,
  });
  await wakeController(workspace, log.id, found.view.actor.id);
  return await log.finish('succeeded');
}

/** A controller elsewhere looks at the actor within seconds, not at its next look at everybody. What was said holds in any case. */
async function wakeController({ state, who, clock }: Workspace, token: string, actor: string): Promise<void> {
  const request = { token, actors: [actor], by: who, at: new Date(clock.now()).toISOString() };
  await leaveRequest(state, request).catch(() => undefined);
}

function isPinning(judging: Judging): judging is Pinning {
  return judging.kind === 'pin' || judging.kind === 'unpin';
}

function describe(judging: Judging, { image }: FoundImage): string {
  if (judging.kind === 'relabel')
    return `${image.image} is ${judging.category} (was ${image.category ?? 'unknown'})`;
  if (judging.kind === 'reject') return `${image.image}: ${judging.reason}`;
  return image.image;
}

async function setPinned(
  workspace: Workspace,
  { view, image }: FoundImage,
  pinned: boolean,
  signal?: AbortSignal,
): Promise<void> {
  if (image.entry === undefined) {
    throw new CallsheetError(
      'invalid-input',
      `${image.image} is not in the training manifest, so it cannot be pinned`,
      {
        hint: 'Add it to the manifest first, or let a plan adopt it.',
      },
    );
  }
  await updateManifest(
    workspace.observing,
    view.actor.id,
    ({ entries }) => ({
      pin: entries
        .filter((entry) => entry.image === image.image && entry.pinned !== pinned)
        .map(({ index }) => ({ index, pinned })),
    }),
    { signal },
  );
}

async function recordJudgement(
  workspace: Workspace,
  { view, image }: FoundImage,
  judging: Exclude<Judging, Pinning>,
  signal?: AbortSignal,
): Promise<void> {
  if (image.digest === undefined) {
    throw new CallsheetError(
      'invalid-input',
      `${image.image} has not been read yet, so nothing can be remembered of it`,
      {
        hint: `Run callsheet evaluate --actor ${view.actor.id} first.`,
      },
    );
  }
  if (judging.kind === 'relabel') refuseUnknownCategory(workspace, judging.category);
  const digest = image.digest;
  const judgement = { by: workspace.who, at: new Date(workspace.clock.now()).toISOString() };
  await changeRecord(
    workspace,
    view.actor.id,
    (record) => {
      const { [digest]: before, ...others } = record.judgements;
      const said = sayAlso(before, judging, judgement);
      return { ...record, judgements: said === undefined ? others : { ...others, [digest]: said } };
    },
    signal,
  );
}

/** What people say of a picture after this; undefined: nothing. */
function sayAlso(
  before: Judgement | undefined,
  judging: Exclude<Judging, Pinning>,
  { by, at }: Pick<Judgement, 'by' | 'at'>,
): Judgement | undefined {
  if (judging.kind === 'relabel') return { by, at, category: judging.category };
  if (judging.kind === 'reject') return { ...before, by, at, rejected: judging.reason };
  const { category, rejected } = before ?? {};
  const kept = {
    ...(category === undefined || judging.of !== 'rejection' ? {} : { category }),
    ...(rejected === undefined || judging.of !== 'category' ? {} : { rejected }),
  };
  return Object.keys(kept).length === 0 ? undefined : { by, at, ...kept };
}

function refuseUnknownCategory({ specs }: Workspace, category: string): void {
  const known = [...specs.taxonomies.values()].flatMap(({ categories }) =>
    categories.map(({ name }) => name),
  );
  if (known.includes(category)) return;
  throw new CallsheetError('invalid-input', `there is no category "${category}"`, {
    hint: `The taxonomy has: ${known.join(', ')}.`,
  });
}

/** Changes an actor's record with compare-and-swap. */
export async function changeRecord(
  { state }: Workspace,
  actor: string,
  change: (record: ActorRecord) => ActorRecord,
  signal?: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { record, expected } = await readActorRecord(state, actor, signal);
    try {
      await writeActorRecord(state, change(record), expected, signal);
      return;
    } catch (error) {
      if (attempt >= 10 || !isCallsheetError(error, 'precondition-failed')) throw error;
    }
  }
}
