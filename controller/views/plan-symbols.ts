import type { ActionKind, ActionReason } from '../plan/plan.ts';
import type { Palette } from './palette.ts';

/** How each kind of action looks and is spoken of, in the order in which people want to read them. */
export const ACTION_KINDS: readonly {
  readonly kind: ActionKind;
  readonly symbol: string;
  readonly verb: string;
  readonly colour: keyof Palette;
}[] = [
  { kind: 'delete', symbol: '-', verb: 'delete', colour: 'red' },
  { kind: 'generate', symbol: '+', verb: 'generate', colour: 'green' },
  { kind: 'restore', symbol: '^', verb: 'restore', colour: 'cyan' },
  { kind: 'adopt', symbol: '>', verb: 'adopt', colour: 'cyan' },
  { kind: 'forget', symbol: 'x', verb: 'forget', colour: 'yellow' },
];

const REASONS: Readonly<Record<ActionReason, string>> = {
  'under-target': 'too few',
  'over-target': 'too many',
  'below-quality-minimum': 'below the quality minimum',
  rejected: 'rejected',
  'object-missing': 'no such object',
  'entry-repeated': 'in the manifest more than once',
  rollback: 'undone',
  'by-request': 'asked for',
};

/** Why, in words; a reason that a newer version wrote is shown as it is. */
export function reasonText({ reason }: { readonly reason: string }): string {
  return (REASONS as Readonly<Record<string, string>>)[reason] ?? reason;
}

/** The last part of an image's path: what people call it. */
export function imageName(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1) || image;
}
