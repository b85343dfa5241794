import { describe, expect, it } from 'vitest';
import { checkOrder } from './s3-listing.ts';

const page = (...keys: string[]) => ({ $metadata: {}, Contents: keys.map((Key) => ({ Key })) });

describe('the order of a listing', () => {
  it('is that of the bytes, and goes on from page to page', () => {
    // In UTF-16, the last of these would come before the third.
    const last = checkOrder(page('a', 'b/1', 'b/\uff5e', 'b/\u{1f600}'), undefined, 's3://bucket/');

    expect(last).toBe('b/\u{1f600}');
    expect(checkOrder(page('c'), last, 's3://bucket/')).toBe('c');
    expect(checkOrder(page(), last, 's3://bucket/')).toBe(last);
  });

  it.each([
    ['a page that is not sorted', page('b', 'a'), undefined],
    ['a key that comes twice', page('a', 'a'), undefined],
    ['a page that begins before where it should', page('a', 'b'), 'b'],
  ])('is refused for %s', (_, contents, last) => {
    expect(() => checkOrder(contents, last, 's3://bucket/')).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });
});
