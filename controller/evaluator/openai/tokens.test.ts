import { describe, expect, it } from 'vitest';
import { mostTokens, usualImageTokens, usualTokens } from './tokens.ts';

describe('tokens of a picture', () => {
  // Width, height, patches of 32 x 32 after scaling down, each 1.62 tokens.
  it.each([
    [1000, 800, 800],
    [1000, 1000, 1024],
    [1000, 1600, 1440],
    [1000, 2400, 1500],
    [1152, 1152, 1296],
    [512, 512, 256],
  ])('%i x %i: %i patches', (width, height, patches) => {
    expect(usualImageTokens(width, height)).toBe(Math.ceil(patches * 1.62));
  });
});

describe('tokens of a question', () => {
  const size = { text: 'x'.repeat(3_600), images: 20, width: 1048, height: 952 };

  it('are reserved well above what is usual, for every size of sheet', () => {
    for (let images = 1; images <= 25; images += 1)
      for (const reasons of [false, true]) {
        const usual = usualTokens({ ...size, images }, reasons);
        const most = mostTokens({ ...size, images }, reasons);

        expect(most.inputTokens).toBeGreaterThan(usual.inputTokens * 1.4);
        expect(most.outputTokens).toBeGreaterThan(usual.outputTokens * 1.9);
      }
  });
});
