import type { Canvas } from '../canvas.ts';
import { greyPicture } from '../imaging/finish.ts';
import { luminance, smoothstep, stretchTones } from '../imaging/plane.ts';
import type { Random } from '../random.ts';
import type { Picture, Technique } from '../technique.ts';
import { photograph, renderPhotograph } from './photograph.ts';

/** The photograph on black-and-white film: same framing and light, printed with full blacks. */
export const silverPrint: Technique = {
  name: 'silver-print',
  medium: 'photo',
  colour: 'monochrome',
  words: [
    'black-and-white',
    'black and white',
    'b&w',
    'silver gelatin',
    'silver print',
    'monochrome',
    'tri-x',
  ],
  onlyWhenAsked: true,
  framing: photograph.framing,
  render: renderSilverPrint,
};

function renderSilverPrint(canvas: Canvas, random: Random, prompt: string): Picture {
  const { data, width, height } = renderPhotograph(canvas, random, prompt);
  const tone = stretchTones(luminance(data, width, height), 0.006, 0.996);
  for (let i = 0; i < tone.data.length; i++) {
    tone.data[i] = tone.data[i]! * 0.7 + smoothstep(0, 1, tone.data[i]!) * 0.3;
  }
  return greyPicture(tone, 6, 250);
}
