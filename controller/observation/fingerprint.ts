import { digestOf } from '../spec/canonical.ts';
import type { Observation, ObservedImage } from './observation.ts';

/**
 * A digest of all that a plan for this actor depends on. It names content, never times or revisions: a reconcile, a copy or a touched
 * file that changes nothing makes no plan stale.
 */
export function fingerprint(observation: Observation): string {
  return digestOf({
    actor: observation.actor,
    type: observation.type,
    labels: observation.labels,
    images: observation.images.map(essence).sort(byImage),
    dangling: observation.dangling.map(({ image, why }) => ({ image, why })).sort(byImage),
    orphans: observation.orphans.map(essence).sort(byImage),
    trash: observation.trash.map(({ id, image, digest, category, quality, restorable }) => ({
      id,
      image,
      digest,
      category,
      quality,
      restorable,
    })).sort((a, b) => compareText(a.id, b.id)),
  });
}

function essence(image: ObservedImage): Record<string, unknown> & { image: string } {
  const { image: where, state, digest, category, quality, pinned, rejected, generated, promptNumber } = image;
  return { image: where, state, digest, category, quality, pinned, rejected: rejected !== undefined, generated, promptNumber };
}

function byImage(a: { image: string }, b: { image: string }): number {
  return compareText(a.image, b.image);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
