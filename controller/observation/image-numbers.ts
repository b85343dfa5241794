import type { Observation } from './observation.ts';

/**
 * The numbers by which people know an actor's images, from 1, keyed by image: the set in the order of its manifest, then the orphans by
 * name. The cells of the contact sheets carry the same numbers. Entries that name no image have none.
 */
export function imageNumbers(observation: Pick<Observation, 'images' | 'orphans'>): Map<string, number> {
  const set = observation.images
    .filter(({ image }) => !image.startsWith('#'))
    .toSorted((a, b) => (a.entry ?? 0) - (b.entry ?? 0));
  const orphans = observation.orphans.toSorted((a, b) => (a.image < b.image ? -1 : 1));
  return new Map([...set, ...orphans].map(({ image }, index) => [image, index + 1]));
}
