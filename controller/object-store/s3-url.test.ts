import { describe, expect, it } from 'vitest';
import { formatS3Url, parseS3Url } from './s3-url.ts';

describe('parseS3Url', () => {
  it.each([
    ['s3://bucket/a/b.png', { bucket: 'bucket', key: 'a/b.png' }],
    ['S3://bucket/a', { bucket: 'bucket', key: 'a' }],
    ['s3://bucket', { bucket: 'bucket', key: '' }],
    ['s3://bucket/a b+c%20d?e#f', { bucket: 'bucket', key: 'a b+c%20d?e#f' }],
    [
      'https://bucket.s3.eu-central-1.amazonaws.com/a/b.png',
      { bucket: 'bucket', key: 'a/b.png', region: 'eu-central-1' },
    ],
    ['https://bucket.s3.amazonaws.com/a', { bucket: 'bucket', key: 'a' }],
    [
      'https://my.dotted.bucket.s3.us-gov-west-1.amazonaws.com/a',
      { bucket: 'my.dotted.bucket', key: 'a', region: 'us-gov-west-1' },
    ],
    ['https://bucket.s3-eu-west-1.amazonaws.com/a', { bucket: 'bucket', key: 'a', region: 'eu-west-1' }],
    [
      'https://bucket.s3.dualstack.eu-west-1.amazonaws.com/a',
      { bucket: 'bucket', key: 'a', region: 'eu-west-1' },
    ],
    ['https://bucket.s3-accelerate.amazonaws.com/a', { bucket: 'bucket', key: 'a' }],
    ['https://bucket.s3.cn-north-1.amazonaws.com.cn/a', { bucket: 'bucket', key: 'a', region: 'cn-north-1' }],
    [
      'https://s3.eu-central-1.amazonaws.com/bucket/a/b',
      { bucket: 'bucket', key: 'a/b', region: 'eu-central-1' },
    ],
    ['https://s3.amazonaws.com/bucket/a', { bucket: 'bucket', key: 'a' }],
    ['https://BUCKET.S3.amazonaws.com:443/A', { bucket: 'bucket', key: 'A' }],
    ['https://bucket.s3.amazonaws.com/a%20b+c%2Bd/%C3%BC.png', { bucket: 'bucket', key: 'a b+c+d/ü.png' }],
    ['https://bucket.s3.amazonaws.com/100%.png', { bucket: 'bucket', key: '100%.png' }],
    ['https://bucket.s3.amazonaws.com/a?X-Amz-Signature=x', { bucket: 'bucket', key: 'a' }],
    ['https://bucket.s3.amazonaws.com/a/../b', { bucket: 'bucket', key: 'a/../b' }],
  ])('reads %s', (text, place) => {
    expect(parseS3Url(text)).toEqual(place);
  });

  it.each([
    'https://example.com/a',
    'https://s3.amazonaws.com/',
    'https://bucket.s3.amazonaws.com.evil.example/a',
    'https://evil@bucket.s3.amazonaws.com/a',
    's3:///a',
    's3://x/a',
    'file:///a',
    'a/b.png',
    '',
  ])('refuses %j', (text) => {
    expect(parseS3Url(text)).toBeUndefined();
  });

  it('reads both styles on the host of an endpoint', () => {
    const endpoint = 'http://storage.local:9000';

    expect(parseS3Url('http://storage.local:9000/bucket/a%20b', endpoint)).toEqual({
      bucket: 'bucket',
      key: 'a b',
    });
    expect(parseS3Url('http://bucket.storage.local:9000/a', endpoint)).toEqual({
      bucket: 'bucket',
      key: 'a',
    });
    expect(parseS3Url('http://storage.local/bucket/a', endpoint)).toBeUndefined();
    expect(parseS3Url('http://notstorage.local:9000/bucket/a', endpoint)).toBeUndefined();
  });

  it.each([
    ['https://storage.local', 'https://storage.local:443/bucket/a'],
    ['https://storage.local:443/', 'https://storage.local/bucket/a'],
    ['https://Storage.local/', 'https://bucket.storage.local/a?X-Amz-Signature=0'],
    ['https://storage.local/v1/s3', 'https://storage.local/v1/s3/bucket/a'],
    ['https://storage.local/v1/s3/', 'https://storage.local/v1/s3/bucket/a'],
  ])('with the endpoint %s reads %s', (endpoint, url) => {
    expect(parseS3Url(url, endpoint)).toEqual({ bucket: 'bucket', key: 'a' });
  });

  it('takes nothing on the host of an endpoint for S3 but what is below its path', () => {
    expect(parseS3Url('https://storage.local/v1/other/a', 'https://storage.local/v1/s3')).toBeUndefined();
  });

  it('is the inverse of formatS3Url', () => {
    const place = { bucket: 'bucket', key: 'a b/100%+ü?#.png' };

    expect(parseS3Url(formatS3Url(place.bucket, place.key))).toEqual(place);
  });
});
