import { CallsheetError } from '../../diagnostics/errors.ts';
import { fingerprint } from '../../observation/fingerprint.ts';
import { imageNumbers } from '../../observation/image-numbers.ts';
import type { Observation, ObservedImage } from '../../observation/observation.ts';
import { revisionsOf } from '../../status/revisions.ts';
import type { ActorStatusDocument } from '../../status/status-document.ts';
import { planActorLive } from '../../usecases/plan-actor-live.ts';
import { type ActorFilter, filterActors, summarizeForList } from '../actor-list.ts';
import type { ApiCall, Reply } from './operation.ts';

/** The library in figures: everything a front page needs, from memory. */
export async function getStatus({ context }: ApiCall): Promise<Reply> {
  const { api, version } = context;
  const actors = api.actors();
  const library = api.library();
  const budget =
    library === undefined ? {} : await context.library.use(async ({ applying }) => applying.budget);
  return {
    json: {
      version,
      readiness: api.ready(),
      ...(library === undefined ? {} : { library }),
      actors: actors.length,
      types: byType(actors),
      histogram: histogramOf(actors),
      budget,
    },
  };
}

export function listActors({ context, input }: ApiCall): Reply {
  const { offset, limit, ...filter } = input as unknown as ActorFilter & { offset: number; limit: number };
  const fitting = filterActors(context.api.actors(), filter);
  const survey = context.api.library();
  const items = fitting.slice(offset, offset + limit).map((actor) => summarizeForList(actor, survey));
  return { json: { total: fitting.length, offset, limit, items } };
}

export function getActor({ context, input }: ApiCall): Reply {
  const document = knownActor(context.api.actor(String(input.actor)), String(input.actor));
  return { json: { ...document, ...revisionsOf(document, context.api.library()) } };
}

/** Images with their numbers and what a plan would do about them. Reads manifest, listing and state; no picture, no provider. */
export async function listImages({ context, input, signal }: ApiCall): Promise<Reply> {
  const actor = String(input.actor);
  knownActor(context.api.actor(actor), actor);
  return await context.library.use(async (workspace) => {
    const { plan, view } = await planActorLive(workspace, actor, 'read-only', signal);
    if (view === undefined) return { json: { actor, plan, images: [] } };
    return {
      json: {
        actor,
        plan,
        fingerprint: fingerprint(view.observation),
        images: describeImages(view.observation),
      },
    };
  });
}

function describeImages(observation: Observation): unknown[] {
  const numbers = imageNumbers(observation);
  const describe = (image: ObservedImage, inSet: boolean) => {
    const number = numbers.get(image.image);
    return { ...image, ...(number === undefined ? {} : { number }), inSet };
  };
  return [
    ...observation.images.map((image) => describe(image, true)),
    ...observation.orphans.map((image) => describe(image, false)),
  ];
}

function knownActor(document: ActorStatusDocument | undefined, id: string): ActorStatusDocument {
  if (document === undefined)
    throw new CallsheetError('not-found', `there is no actor "${id}", or nobody has looked at it yet`);
  return document;
}

function byType(actors: readonly ActorStatusDocument[]): unknown[] {
  return [...Map.groupBy(actors, ({ actorType }) => actorType)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, group]) => ({
      type,
      actors: group.length,
      ready: group.filter((actor) => has(actor, 'Ready')).length,
      stalled: group.filter((actor) => has(actor, 'Stalled')).length,
      images: group.reduce((sum, { total }) => sum + total.before, 0),
    }));
}

function histogramOf(actors: readonly ActorStatusDocument[]): unknown[] {
  return [...Map.groupBy(actors, ({ total }) => total.before)]
    .sort(([a], [b]) => a - b)
    .map(([images, group]) => ({ images, actors: group.length }));
}

function has({ conditions }: ActorStatusDocument, wanted: 'Ready' | 'Stalled'): boolean {
  return conditions.some(({ type, status }) => type === wanted && status === 'True');
}
