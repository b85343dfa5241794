import type { Random } from '../random.ts';

/** How a photograph is lit, graded and printed. */
export interface Look {
  /** Beginnings of the words in a prompt that ask for it, in lower case. */
  readonly words: readonly string[];
  /** 1 leaves the light as it is. */
  readonly exposure: number;
  /** 0 (flat) to 1 (a full S-curve). */
  readonly contrast: number;
  /** 1 leaves colour as it is. */
  readonly saturation: number;
  /** Colour temperature: above 0 warmer, below 0 colder. */
  readonly warmth: number;
  /** What is added to shadows and to lights, red, green, blue; `split` says how much of it. */
  readonly shadows: readonly [number, number, number];
  readonly lights: readonly [number, number, number];
  readonly split: number;
  /** Light from one side, 0 to 0.5. */
  readonly sidelight: number;
  /** Light through leaves, 0 to 0.5. */
  readonly dapple: number;
  readonly vignette: number;
  /** Standard deviation of the film's grain. */
  readonly grain: number;
  /** Share of the blur far from the face, 0 to 1. */
  readonly depth: number;
}

const PLAIN: Look = {
  words: ['natural light', 'portrait', 'close-up', 'documentary', 'candid'],
  exposure: 1.04,
  contrast: 0.3,
  saturation: 1,
  warmth: 0.02,
  shadows: [-0.01, 0.01, 0.02],
  lights: [0.02, 0.01, -0.01],
  split: 1,
  sidelight: 0.1,
  dapple: 0,
  vignette: 0.18,
  grain: 0.018,
  depth: 0.7,
};

const LOOKS: readonly Look[] = [
  PLAIN,
  {
    ...PLAIN,
    words: ['window', 'studio', 'rembrandt', 'theatre', 'stage', 'interior', 'lamp'],
    exposure: 1.02,
    contrast: 0.5,
    sidelight: 0.36,
    vignette: 0.3,
  },
  {
    ...PLAIN,
    words: ['golden', 'sunset', 'sunrise', 'dusk', 'dawn', 'candle', 'fire', 'lantern', 'evening'],
    exposure: 1.08,
    warmth: 0.12,
    shadows: [0.03, 0, 0.01],
    lights: [0.06, 0.03, -0.05],
    sidelight: 0.24,
  },
  {
    ...PLAIN,
    words: ['night', 'neon', 'rain', 'street', 'moon', 'city', 'alley'],
    exposure: 0.86,
    contrast: 0.6,
    warmth: -0.06,
    saturation: 1.06,
    shadows: [-0.03, 0.01, 0.06],
    lights: [0.03, 0, 0.02],
    vignette: 0.38,
    grain: 0.032,
  },
  {
    ...PLAIN,
    words: ['overcast', 'fog', 'mist', 'snow', 'winter', 'sea', 'storm', 'blue hour', 'harbour', 'harbor'],
    exposure: 1.06,
    contrast: 0.12,
    warmth: -0.07,
    saturation: 0.8,
    shadows: [0.02, 0.03, 0.05],
    lights: [-0.01, 0, 0.02],
    vignette: 0.12,
  },
  {
    ...PLAIN,
    words: ['harsh', 'sun', 'desert', 'mountain', 'climb', 'noon', 'beach', 'summer'],
    exposure: 1.14,
    contrast: 0.62,
    warmth: 0.05,
    saturation: 1.1,
    sidelight: 0.2,
    depth: 0.3,
    vignette: 0.14,
  },
  {
    ...PLAIN,
    words: ['forest', 'woods', 'garden', 'dappled', 'leaves', 'park', 'meadow'],
    exposure: 1.02,
    contrast: 0.36,
    warmth: 0.01,
    shadows: [-0.02, 0.03, 0],
    lights: [0.03, 0.03, -0.02],
    dapple: 0.34,
  },
  {
    ...PLAIN,
    words: ['film', 'kodak', '35mm', 'analog', 'vintage', 'faded', '70s'],
    exposure: 1.05,
    contrast: 0.26,
    saturation: 0.86,
    shadows: [0.05, 0.03, 0.05],
    lights: [0.03, 0.01, -0.04],
    split: 1.2,
    grain: 0.036,
  },
  {
    ...PLAIN,
    words: ['cinematic', 'teal', 'anamorphic', 'thriller', 'drama'],
    exposure: 0.98,
    contrast: 0.5,
    saturation: 0.95,
    shadows: [-0.04, 0.02, 0.05],
    lights: [0.05, 0.01, -0.04],
    split: 1.2,
    vignette: 0.32,
  },
];

/** The look whose words the prompt holds most of; any of them, by chance, when it holds none. */
export function lookFor(prompt: string, random: Random): Look {
  const text = prompt.toLowerCase();
  const scores = LOOKS.map((look) => look.words.filter((word) => text.includes(word)).length);
  const best = Math.max(...scores);
  return random.pick(best === 0 ? LOOKS : LOOKS.filter((_, i) => scores[i] === best));
}
