import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import { locationIn } from '../library/layout.ts';
import { formatLocation } from '../library/location.ts';
import { imageNumbers } from '../observation/image-numbers.ts';
import type { ObservedImage } from '../observation/observation.ts';
import { type ActorView, observeActor } from '../observe/observe-actor.ts';
import type { Workspace } from '../workspace.ts';

export interface FoundImage {
  readonly view: ActorView;
  readonly image: ObservedImage;
}

/**
 * Finds the image that a person means: a path or URL, `0042#3` (number 3 on actor 0042's contact sheet), or, with the actor named, the
 * end of its path or the beginning of its digest.
 *
 * @throws CallsheetError `not-found`, or `invalid-input` when several fit.
 */
export async function findImage(
  workspace: Workspace,
  text: string,
  actor: string | undefined,
  signal?: AbortSignal,
): Promise<FoundImage> {
  const numbered = /^(.+)#(\d+)$/.exec(text);
  const owner = actor ?? numbered?.[1] ?? ownerOf(workspace, text);
  if (owner === undefined) {
    throw new CallsheetError('not-found', `which actor has the image "${text}"?`, {
      hint: 'Write its path or URL as the plan shows it, ACTOR#NUMBER with its number on the contact sheet, or add --actor.',
    });
  }
  const view = await observeActor(workspace.observing, owner, { mode: 'read-only' }, signal);
  const images = [...view.observation.images, ...view.observation.orphans];
  const number = numbered === null ? undefined : Number(numbered[2]);
  const numbers = imageNumbers(view.observation);
  const fitting = images.filter((image) =>
    number === undefined ? fits(workspace, image, text) : numbers.get(image.image) === number,
  );
  if (fitting.length === 1) return { view, image: fitting[0]! };
  if (fitting.length === 0) throw new CallsheetError('not-found', `actor "${owner}" has no image "${text}"`);
  throw new CallsheetError('invalid-input', `"${text}" fits ${fitting.length} images of actor "${owner}"`, {
    hint: `Write one of them whole, for example "${fitting[0]!.image}".`,
  });
}

function fits({ layout }: Workspace, { image, digest }: ObservedImage, text: string): boolean {
  if (image === text || image.endsWith(`/${text}`)) return true;
  if (/^[0-9a-f]{8,64}$/.test(text) && digest?.startsWith(text) === true) return true;
  try {
    return formatLocation(locationIn(layout, text), layout.root) === image;
  } catch (error) {
    if (isCallsheetError(error)) return false;
    throw error;
  }
}

function ownerOf({ layout }: Workspace, text: string): string | undefined {
  try {
    return layout.images.ownerOf(locationIn(layout, text));
  } catch (error) {
    if (isCallsheetError(error)) return undefined;
    throw error;
  }
}
