import { CallsheetError } from '../../diagnostics/errors.ts';

/**
 * What a category of the taxonomy stands for on the two axes that the local evaluator can see. Written in the Taxonomy spec as
 * `spec.categories.<name>.local`.
 */
export interface LocalStyle {
  /** Made by a camera, or by hand or brush (a drawing, painting, print, cartoon). */
  readonly medium: 'photo' | 'illustration';
  /** `monochrome`: black and white, or one ink or tint on paper. `any` when the category does not care. */
  readonly colour: 'colour' | 'monochrome' | 'any';
}

/** A category as the local evaluator needs it. */
export interface LocalCategory {
  readonly name: string;
  readonly local?: LocalStyle | undefined;
}

/** One of the four kinds of picture that the two axes make. */
export interface Cell {
  readonly medium: LocalStyle['medium'];
  readonly colour: 'colour' | 'monochrome';
}

/** Every kind of picture there is, and the category that claims it. */
export type Claims = readonly { readonly cell: Cell; readonly category: string }[];

const CELLS: readonly Cell[] = [
  { medium: 'photo', colour: 'colour' },
  { medium: 'photo', colour: 'monochrome' },
  { medium: 'illustration', colour: 'colour' },
  { medium: 'illustration', colour: 'monochrome' },
];

/**
 * Gives each kind of picture to the one category that stands for it.
 * Throws `unsupported`, naming what to write in the Taxonomy, when a category says nothing, two claim one kind or a kind has no claim.
 */
export function claimCells(categories: readonly LocalCategory[]): Claims {
  for (const { name, local } of categories) {
    if (!local) throw undeclared(`Category "${name}" does not say what it stands for.`, name);
  }
  return CELLS.map((cell) => {
    const claimants = categories.filter(({ local }) => local && covers(local, cell));
    const kind = `${cell.colour} ${cell.medium === 'photo' ? 'photographs' : 'illustrations'}`;
    if (claimants.length === 0) throw undeclared(`No category takes ${kind}.`, categories[0]?.name ?? 'NAME');
    if (claimants.length > 1) {
      const names = claimants.map(({ name }) => `"${name}"`).join(' and ');
      throw undeclared(`${names} both claim ${kind}, and it cannot tell them apart.`, claimants[1]!.name);
    }
    return { cell, category: claimants[0]!.name };
  });
}

function covers(style: LocalStyle, cell: Cell): boolean {
  return style.medium === cell.medium && (style.colour === 'any' || style.colour === cell.colour);
}

function undeclared(problem: string, name: string): CallsheetError {
  return new CallsheetError('unsupported', `The local evaluator cannot judge this taxonomy. ${problem}`, {
    hint:
      `It sees only photo or illustration, and colour or monochrome. In the Taxonomy, write for example spec.categories.${name}.local: ` +
      '{ medium: illustration, colour: monochrome } (medium: photo | illustration; colour: colour | monochrome | any), so that each of ' +
      'the four kinds of picture belongs to exactly one category; or choose the evaluator `openai`.',
  });
}
