import { createHash } from 'node:crypto';
import { imageNumbers } from '../../observation/image-numbers.ts';
import type { ObservedImage } from '../../observation/observation.ts';
import type { EvaluationFile } from '../../observe/evaluation-record.ts';
import type { ActorView } from '../../observe/observe-actor.ts';
import type { ActorPlan, DeleteAction } from '../../plan/plan.ts';
import type { SuspensionRecord, TrashRecord } from '../../records/actor-record.ts';
import type { RunRecord } from '../../records/run-record.ts';
import { summarizeActor } from '../../status/actor-status.ts';
import type { Condition } from '../../status/condition.ts';
import { type ActorStatusDocument, actorStatusPath } from '../../status/status-document.ts';
import { suspensionsAt } from '../../status/suspensions.ts';
import { planActorLive } from '../../usecases/plan-actor-live.ts';
import { readRun } from '../../usecases/read-history.ts';
import { RUNS_TOLD } from '../../usecases/read-status.ts';
import { readSuspensions } from '../../usecases/suspend.ts';
import type { Workspace } from '../../workspace.ts';
import type { StateIndex } from './state-index.ts';

/** Everything that the page of one actor shows. */
export interface ActorStory {
  readonly plan: ActorPlan;
  /** In the order of the taxonomy; with their names for the forms. */
  readonly categories: readonly { readonly name: string; readonly title: string }[];
  readonly images: readonly PictureCard[];
  readonly orphans: readonly PictureCard[];
  readonly trash: readonly TrashRecord[];
  readonly conditions: readonly Condition[];
  /** The newest first. */
  readonly runs: readonly RunRecord[];
  readonly suspended: SuspensionRecord | undefined;
  /** Names of the contact sheets in state. */
  readonly sheets: readonly string[];
  readonly analysis: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** One picture with all that is known of it. */
export interface PictureCard extends ObservedImage {
  /** Names it in addresses: made of where it is, so that it says nothing and fits everywhere. */
  readonly key: string;
  readonly number: number | undefined;
  readonly fate: DeleteAction | undefined;
  /** What the plan says of this picture alone. */
  readonly remark: string | undefined;
  readonly origin: Origin;
}

/** Where a picture comes from, as its manifest entry and its run say. */
export interface Origin {
  readonly prompt?: string;
  readonly promptNumber?: number;
  readonly seed?: number;
  readonly model?: string;
  readonly run?: string;
  readonly createdAt?: string;
  readonly costUsd?: number;
}

/** Looks at one actor as it is now; nothing is evaluated, paid for or written. */
export async function readActorStory(
  workspace: Workspace,
  id: string,
  { index, status }: { readonly index: StateIndex; readonly status: ActorStatusDocument | undefined },
  signal?: AbortSignal,
): Promise<ActorStory> {
  const { state } = workspace;
  const [{ plan, view }, runs, stored, suspensions, evaluation] = await Promise.all([
    planActorLive(workspace, id, 'read-only', signal),
    runsOf(workspace, index, id, signal),
    status ?? state.read<ActorStatusDocument>(actorStatusPath(id), signal).then((found) => found?.value),
    readSuspensions(state, signal),
    state.read<EvaluationFile>(`evaluations/${id}_evaluation.json`, signal),
  ]);
  const paid = costsByImage(runs, id);
  const { actors: suspended } = suspensionsAt(suspensions, workspace.clock.now());
  return {
    plan,
    categories: plan.categories.map(({ category, title }) => ({ name: category, title: title || category })),
    images: view === undefined ? [] : cardsOf(view, view.observation.images, plan, paid),
    orphans: view === undefined ? [] : cardsOf(view, view.observation.orphans, plan, paid),
    trash: view?.record.record.trash ?? [],
    conditions: conditionsOf(plan, view, stored),
    runs,
    suspended: Object.hasOwn(suspended, id) ? suspended[id] : undefined,
    sheets: evaluation?.value.sheets ?? [],
    analysis: evaluation?.value.analysis,
    labels: view?.actor.labels ?? {},
  };
}

export function pictureKey(image: string): string {
  return createHash('sha256').update(image).digest('hex').slice(0, 20);
}

async function runsOf(
  workspace: Workspace,
  index: StateIndex,
  id: string,
  signal?: AbortSignal,
): Promise<RunRecord[]> {
  const wanted = index.runs.filter(({ actors }) => actors.includes(id)).slice(0, RUNS_TOLD);
  return await Promise.all(wanted.map((run) => readRun(workspace, run.id, signal)));
}

function costsByImage(runs: readonly RunRecord[], id: string): Map<string, number> {
  const outcomes = runs.flatMap(({ actors }) => actors.filter(({ actor }) => actor === id));
  return new Map(
    outcomes
      .flatMap(({ actions }) => actions)
      .flatMap(({ image, costUsd }) =>
        image === undefined || costUsd === undefined ? [] : [[image, costUsd] as const],
      ),
  );
}

function cardsOf(
  view: ActorView,
  images: readonly ObservedImage[],
  plan: ActorPlan,
  paid: ReadonlyMap<string, number>,
): PictureCard[] {
  const numbers = imageNumbers(view.observation);
  const fates = new Map(
    plan.actions.flatMap((action) => (action.kind === 'delete' ? [[action.image, action] as const] : [])),
  );
  const remarks = new Map(
    plan.notes.flatMap(({ image, message }) => (image === undefined ? [] : [[image, message] as const])),
  );
  return images.map((image) => ({
    ...image,
    key: pictureKey(image.image),
    number: numbers.get(image.image),
    fate: fates.get(image.image),
    remark: remarks.get(image.image),
    origin: originOf(view, image, paid),
  }));
}

function originOf(
  view: ActorView,
  { image, entry }: ObservedImage,
  paid: ReadonlyMap<string, number>,
): Origin {
  const raw = entry === undefined ? undefined : view.manifest.manifest.entries[entry]?.raw;
  const fields = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const number = (name: string) => (typeof fields[name] === 'number' ? fields[name] : undefined);
  const origin = {
    prompt: text('prompt'),
    promptNumber: number('prompt_number'),
    seed: number('seed'),
    model: text('model'),
    run: text('callsheet_run'),
    createdAt: text('created_at'),
    costUsd: paid.get(image),
  };
  return Object.fromEntries(Object.entries(origin).filter(([, value]) => value !== undefined));
}

/** What is true now, and beside it what only the controller knows: since when, and why nothing happens. */
function conditionsOf(
  plan: ActorPlan,
  view: ActorView | undefined,
  status: ActorStatusDocument | undefined,
): readonly Condition[] {
  const now = summarizeActor(plan, view?.record.record.journal).conditions;
  if (status === undefined) return now;
  const [ready, ...others] = now;
  const told = status.conditions.find(({ type }) => type === 'Ready');
  const agrees = told !== undefined && (told.status === 'True') === (ready?.status === 'True');
  const first = agrees ? told : ready;
  const extra = status.conditions.filter(
    ({ type }) => type !== 'Ready' && !others.some((other) => other.type === type),
  );
  return [...(first === undefined ? [] : [first]), ...others, ...(agrees ? extra : [])];
}
