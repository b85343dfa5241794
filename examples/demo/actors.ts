/** Pixels of a source photograph: one person, checked by eye. */
export interface CropBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is wrong on purpose with an actor's training set, beyond its counts. */
export type Fault = 'dangling-entry' | 'orphan-object' | 'truncated-picture';

/** How a training manifest names its images: both forms occur in real libraries, and so do fields that only the studio knows. */
export type ManifestForm = 'strings' | 'objects' | 'mixed';

export interface DemoActor {
  readonly id: string;
  readonly name: string;
  readonly type: 'film' | 'animation';
  readonly labels: Readonly<Record<string, string>>;
  /** Number of the sample photograph. */
  readonly photograph: number;
  readonly box: CropBox;
  /** Images by kind. */
  readonly photos: number;
  readonly blackAndWhite: number;
  readonly colour: number;
  readonly form: ManifestForm;
  /** Index of the image whose entry is pinned. */
  readonly pinned?: number;
  readonly fault?: Fault;
  /** What the demo shows with it. */
  readonly shows: string;
}

/** Targets are 13 / 4 / 3 for film and 3 / 3 / 6 for animation. */
export const DEMO_ACTORS: readonly DemoActor[] = [
  {
    id: '0001',
    name: 'The Harbour Pilot',
    type: 'film',
    labels: { unit: 'first', wardrobe: 'crimson' },
    photograph: 6,
    box: { left: 580, top: 180, width: 480, height: 600 },
    photos: 13,
    blackAndWhite: 4,
    colour: 3,
    form: 'objects',
    pinned: 2,
    shows: 'balanced: nothing to do',
  },
  {
    id: '0002',
    name: 'The Ship’s Medic',
    type: 'film',
    labels: { unit: 'first', wardrobe: 'uniform' },
    photograph: 1,
    box: { left: 1320, top: 180, width: 520, height: 620 },
    photos: 16,
    blackAndWhite: 4,
    colour: 3,
    form: 'mixed',
    shows: 'too many photographs',
  },
  {
    id: '0003',
    name: 'The Lighthouse Keeper',
    type: 'film',
    labels: { unit: 'second', wardrobe: 'black' },
    photograph: 3,
    box: { left: 990, top: 110, width: 400, height: 500 },
    photos: 9,
    blackAndWhite: 2,
    colour: 1,
    form: 'strings',
    shows: 'too few of everything; a legacy manifest of plain strings',
  },
  {
    id: '0004',
    name: 'The Clockmaker',
    type: 'film',
    labels: { unit: 'second', wardrobe: 'scarlet' },
    photograph: 5,
    box: { left: 1370, top: 260, width: 400, height: 500 },
    photos: 17,
    blackAndWhite: 1,
    colour: 2,
    form: 'objects',
    pinned: 16,
    shows: 'the right total in the wrong mix; its worst photograph is pinned and stays',
  },
  {
    id: '0101',
    name: 'The Cartographer',
    type: 'animation',
    labels: { season: 'one' },
    photograph: 4,
    box: { left: 560, top: 20, width: 420, height: 560 },
    photos: 8,
    blackAndWhite: 2,
    colour: 2,
    form: 'mixed',
    shows: 'the right total, mostly photographs where drawings are wanted',
  },
  {
    id: '0102',
    name: 'The Glassblower',
    type: 'animation',
    labels: { season: 'one' },
    photograph: 6,
    box: { left: 130, top: 340, width: 480, height: 510 },
    photos: 2,
    blackAndWhite: 1,
    colour: 3,
    form: 'strings',
    fault: 'orphan-object',
    shows: 'too few, and an image in the folder that no manifest names',
  },
  {
    id: '0103',
    name: 'The Beekeeper',
    type: 'animation',
    labels: { season: 'two' },
    photograph: 3,
    box: { left: 500, top: 220, width: 440, height: 540 },
    photos: 3,
    blackAndWhite: 3,
    colour: 6,
    form: 'objects',
    fault: 'dangling-entry',
    shows: 'balanced, but its manifest names an image that is gone',
  },
  {
    id: '0104',
    name: 'The Understudy',
    type: 'animation',
    labels: { season: 'two' },
    photograph: 2,
    box: { left: 1360, top: 20, width: 470, height: 520 },
    photos: 8,
    blackAndWhite: 3,
    colour: 4,
    form: 'mixed',
    fault: 'truncated-picture',
    shows: 'too many photographs, too few in colour, and one file that was cut short in an upload',
  },
];
