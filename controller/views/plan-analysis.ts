import type { ActorPlan, CategoryCounts } from '../plan/plan.ts';
import { countOf } from './text.ts';

/** Says in a few sentences what is wrong with an actor's set and what is done about it. Made from the plan alone; plain, unescaped text. */
export function analysisOf(actor: ActorPlan): string {
  if (actor.status === 'error' || actor.status === 'unmanaged') return trouble(actor);
  return [state(actor), doings(actor), result(actor)].filter((sentence) => sentence !== '').join(' ');
}

/** Why an actor is not in order: what is said of it as a whole, not of single images. */
export function trouble({ notes }: ActorPlan): string {
  return notes
    .filter(({ image }) => image === undefined)
    .map(({ message }) => message)
    .join(' ');
}

function state({ categories, total, status }: ActorPlan): string {
  if (status === 'balanced')
    return `All ${countOf(categories.length, 'category', 'categories')} are inside the tolerance, and the total is ${total.target}.`;
  const groups = Map.groupBy(categories, ({ before, target }) => before - target);
  const parts = [...groups]
    .sort(([a], [b]) => b - a)
    .map(
      ([difference, members]) =>
        `${inWords(members)} ${members.length === 1 ? 'is' : 'are'} ${distance(difference, members.length)}`,
    );
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

function distance(difference: number, members: number): string {
  if (difference === 0) return 'at target';
  const each = members === 1 ? '' : ' each';
  return difference > 0 ? `${difference} over target${each}` : `${-difference} under target${each}`;
}

function doings({ actions }: ActorPlan): string {
  const count = (kind: string, reasons?: readonly string[]) =>
    actions.filter((action) => action.kind === kind && (reasons?.includes(action.reason) ?? true)).length;
  const parts = [
    [
      count('delete', ['over-target']),
      (n: number) =>
        `the ${n === 1 ? 'image' : `${n} images`} of lowest quality among what is too much ${n === 1 ? 'is' : 'are'} deleted`,
    ],
    [
      count('delete', ['below-quality-minimum']),
      (n: number) => `${countOf(n, 'image')} below the quality minimum ${n === 1 ? 'is' : 'are'} deleted`,
    ],
    [
      count('delete', ['rejected']),
      (n: number) => `${countOf(n, 'rejected image')} ${n === 1 ? 'is' : 'are'} deleted`,
    ],
    [
      count('delete', ['rollback', 'by-request']),
      (n: number) => `${countOf(n, 'image')} ${n === 1 ? 'goes' : 'go'} to the trash`,
    ],
    [
      count('restore'),
      (n: number) => `${countOf(n, 'image')} ${n === 1 ? 'comes' : 'come'} back from the trash at no cost`,
    ],
    [
      count('adopt', ['under-target']),
      (n: number) => `${countOf(n, 'image')} found in the store ${n === 1 ? 'is' : 'are'} taken in`,
    ],
    [
      count('adopt', ['rollback']),
      (n: number) =>
        `${countOf(n, 'entry', 'entries')} ${n === 1 ? 'is' : 'are'} put back into the training manifest`,
    ],
    [
      count('forget', ['object-missing']),
      (n: number) =>
        `${countOf(n, 'entry', 'entries')} without an object ${n === 1 ? 'is' : 'are'} dropped from the training manifest`,
    ],
    [
      count('forget', ['entry-repeated']),
      (n: number) =>
        `${countOf(n, 'repeated entry', 'repeated entries')} ${n === 1 ? 'is' : 'are'} dropped from the training manifest`,
    ],
    [
      count('forget', ['rollback']),
      (n: number) =>
        `${countOf(n, 'image')} ${n === 1 ? 'is' : 'are'} let go and ${n === 1 ? 'stays' : 'stay'} in the store`,
    ],
    [count('generate'), (n: number) => `${countOf(n, 'new image')} ${n === 1 ? 'is' : 'are'} generated`],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, say]) => say(n));
  return said.length === 0 ? '' : `${capitalized(said.join(', '))}.`;
}

function result({ status, categories, total, unknown, actions }: ActorPlan): string {
  if (status === 'incomplete')
    return `${countOf(unknown, 'image')} could not be judged, so this is not the last word.`;
  if (status === 'unreachable') return 'The target stays out of reach.';
  if (status === 'suspended') return 'Suspended: nothing of it is applied.';
  if (actions.length === 0 || categories.length === 0) return '';
  const exact = categories.every(({ after, target }) => after === target);
  return exact
    ? 'That ends at the target.'
    : `That ends inside the tolerance, with ${countOf(total.after, 'image')}.`;
}

function inWords(members: readonly CategoryCounts[]): string {
  const titles = members.map(({ title }) => title);
  return titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)!}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
