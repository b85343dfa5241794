import { digestOf } from '../spec/canonical.ts';
import type { DanglingEntry, Observation, ObservedImage, TrashedImage } from './observation.ts';

/**
 * A digest of all that a plan for this actor depends on. It names content, never times or revisions: a reconcile, a copy or a touched
 * file that changes nothing makes no plan stale. The order in which things were listed is no part of it.
 */
export function fingerprint(observation: Observation): string {
  const { actor, type, labels, baseless, images, dangling, orphans, trash, misses, hits } = observation;
  return digestOf({
    actor,
    type,
    labels,
    // Absent otherwise, so that fingerprints of plans made before stay as they were.
    ...(baseless === undefined ? {} : { baseless }),
    images: inOrder(images.map(essenceOfImage)),
    dangling: inOrder(dangling.map(essenceOfDangling)),
    orphans: inOrder(orphans.map(essenceOfImage)),
    trash: inOrder(trash.map(essenceOfTrash)),
    misses: misses ?? 0,
    ...(hits === undefined ? {} : { hits }),
  });
}

/** Whatever decides about an image. Its place in the manifest does not, and what people call it does not. */
function essenceOfImage(image: ObservedImage): readonly unknown[] {
  const { state, digest, category, quality, confidence, pinned, generated, promptNumber } = image;
  const [rejected, duplicate] = [image.rejected !== undefined, image.duplicateOf !== undefined];
  return [
    image.image,
    ...(image.needed === undefined ? [] : [image.needed]),
    state,
    digest,
    category,
    quality,
    confidence,
    pinned,
    rejected,
    duplicate,
    generated,
    promptNumber,
  ];
}

function essenceOfDangling({ image, why, pinned }: DanglingEntry): readonly unknown[] {
  return [image, why, pinned];
}

function essenceOfTrash({
  id,
  image,
  digest,
  category,
  quality,
  restorable,
  promptNumber,
}: TrashedImage): readonly unknown[] {
  return [id, image, digest, category, quality, restorable, promptNumber];
}

function inOrder(essences: readonly (readonly unknown[])[]): string[] {
  return essences.map((essence) => JSON.stringify(essence)).sort();
}
