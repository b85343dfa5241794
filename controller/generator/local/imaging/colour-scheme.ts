import type { Random } from '../random.ts';
import { mixColours, type Rgb, rgbOf } from './palette.ts';

/** One thing's colour in shadow, in half light and in full light. */
export type Ladder = readonly [dark: Rgb, middle: Rgb, light: Rgb];

/** Invented colours for a base image that has none. */
export interface ColourScheme {
  readonly skin: Ladder;
  readonly hair: Ladder;
  readonly clothes: Ladder;
  /** The background's upper and lower part, flowing into each other. */
  readonly distance: Ladder;
  readonly nearness: Ladder;
}

const SKINS: readonly Ladder[] = [
  ladder(0x55261a, 0xc47f58, 0xfad9b8),
  ladder(0x4b2326, 0xc9806a, 0xfbdcc6),
  ladder(0x4a2a16, 0xb97a45, 0xf5d3a0),
];
const HAIRS: readonly Ladder[] = [
  ladder(0x2a1820, 0x7a4630, 0xd9a877),
  ladder(0x1c2030, 0x4d5577, 0xb9c0d6),
  ladder(0x35161a, 0x93402a, 0xe3a06b),
];

type Setting = Pick<ColourScheme, 'clothes' | 'distance' | 'nearness'>;

const SETTINGS: readonly Setting[] = [
  {
    clothes: ladder(0x521a1c, 0xb8483a, 0xf2b59e),
    distance: ladder(0x0e343d, 0x3a8f96, 0xc4e6e0),
    nearness: ladder(0x4d4413, 0xb6a244, 0xf1e9b8),
  },
  {
    clothes: ladder(0x5c3d0a, 0xd09a2c, 0xf8e0a0),
    distance: ladder(0x2c2152, 0x7766b4, 0xd6cdf0),
    nearness: ladder(0x5a2440, 0xc46b8c, 0xf6cfdc),
  },
  {
    clothes: ladder(0x1a2556, 0x4a62b0, 0xb9c8f0),
    distance: ladder(0x17402a, 0x549a62, 0xcdebc6),
    nearness: ladder(0x51480f, 0xbfae3e, 0xf3ecb6),
  },
  {
    clothes: ladder(0x0f3f3a, 0x2f9a86, 0xb6e6d6),
    distance: ladder(0x17365f, 0x5590c8, 0xcfe4f6),
    nearness: ladder(0x62321a, 0xd98a55, 0xfbd9b6),
  },
];

/** A scheme of the colours that were asked for by name, two or more; one of our own otherwise. */
export function chooseScheme(named: readonly Rgb[], random: Random): ColourScheme {
  const skin = random.pick(SKINS);
  const hair = random.pick(HAIRS);
  const setting = random.pick(SETTINGS);
  if (named.length < 2) return { skin, hair, ...setting };
  const fromCold = [...named].sort((one, other) => warmthOf(one) - warmthOf(other));
  const warmest = ladderOf(fromCold.at(-1)!);
  return {
    skin: mixLadders(skin, warmest, 0.3),
    hair,
    clothes: warmest,
    distance: ladderOf(fromCold[0]!),
    nearness: named.length > 2 ? ladderOf(fromCold[1]!) : setting.nearness,
  };
}

function warmthOf(colour: Rgb): number {
  return colour[0] - colour[2];
}

function ladder(dark: number, middle: number, light: number): Ladder {
  return [rgbOf(dark), rgbOf(middle), rgbOf(light)];
}

function ladderOf(colour: Rgb): Ladder {
  return [mixColours(colour, [0.06, 0.05, 0.12], 0.62), colour, mixColours(colour, [1, 0.98, 0.94], 0.55)];
}

function mixLadders(one: Ladder, other: Ladder, share: number): Ladder {
  return [
    mixColours(one[0], other[0], share),
    mixColours(one[1], other[1], share),
    mixColours(one[2], other[2], share),
  ];
}
