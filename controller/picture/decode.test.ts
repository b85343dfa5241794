import { describe, expect, it } from 'vitest';
import { decodePicture } from './decode.ts';
import { uprightJpegSize } from './jpeg-header.ts';
import type { Raster } from './raster.ts';
import { sharp } from './sharp.ts';

const LIMITS = { maxPixels: 4_000_000, maxBytes: 1_000_000 };

/** 40 x 20: left half red, right half blue, so that turning it shows. */
function twoHalves() {
  const red = { r: 255, g: 0, b: 0 };
  const blue = {
    create: { width: 20, height: 20, channels: 3 as const, background: { r: 0, g: 0, b: 255 } },
  };
  return sharp({ create: { width: 40, height: 20, channels: 3, background: red } }).composite([
    { input: blue, left: 20, top: 0 },
  ]);
}

function noise(width = 320, height = 240) {
  const grain = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  return sharp({ create: { width, height, channels: 3, background: '#808080', noise: grain } });
}

async function raster(bytes: Uint8Array): Promise<Raster> {
  const decoded = await decodePicture(bytes, LIMITS);
  if (decoded.status !== 'ok') throw new Error(decoded.message);
  return decoded.raster;
}

function pixel({ width, data }: Raster, x: number, y: number): number[] {
  const at = (y * width + x) * 3;
  return [...data.subarray(at, at + 3)];
}

function isNear(actual: number[], expected: number[], slack = 12): boolean {
  return actual.length === 3 && actual.every((value, index) => Math.abs(value - expected[index]!) <= slack);
}

const RED = [255, 0, 0];
const BLUE = [0, 0, 255];

describe('decodePicture', () => {
  // Where the red half is, seen upright, for each EXIF orientation.
  it.each([
    [1, 40, 20, 'left'],
    [2, 40, 20, 'right'],
    [3, 40, 20, 'right'],
    [4, 40, 20, 'left'],
    [5, 20, 40, 'top'],
    [6, 20, 40, 'top'],
    [7, 20, 40, 'bottom'],
    [8, 20, 40, 'bottom'],
  ] as const)(
    'turns EXIF orientation %i upright: %i x %i, red %s',
    async (orientation, width, height, side) => {
      const bytes = await twoHalves()
        .withMetadata({ orientation })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toBuffer();

      const decoded = await decodePicture(bytes, LIMITS);

      if (decoded.status !== 'ok') throw new Error(decoded.message);
      expect(decoded.facts).toEqual({ width, height, format: 'jpeg', bytes: bytes.length });
      expect(decoded.raster).toMatchObject({ width, height });
      const first = pixel(decoded.raster, 3, 3);
      const last = pixel(decoded.raster, width - 4, height - 4);
      const redFirst = side === 'left' || side === 'top';
      expect(isNear(redFirst ? first : last, RED), `${first} ${last}`).toBe(true);
      expect(isNear(redFirst ? last : first, BLUE), `${first} ${last}`).toBe(true);
    },
  );

  it.each([
    ['baseline', {}],
    ['progressive', { progressive: true }],
    ['grey', { grey: true }],
  ] as const)('tells the size of a %s JPEG without asking the decoder for it', async (_name, options) => {
    const { grey = false, ...jpeg } = { grey: false, ...options };
    const bytes = await noise(313, 111).grayscale(grey).jpeg(jpeg).toBuffer();

    expect(uprightJpegSize(bytes)).toEqual({ width: 313, height: 111 });
    expect(await decodePicture(bytes, LIMITS)).toMatchObject({ facts: { width: 313, height: 111 } });
  });

  it('leaves the size of a JPEG to the decoder where its header alone does not tell', async () => {
    const turned = await noise(40, 20).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const plain = await noise(40, 20).jpeg().toBuffer();

    expect(uprightJpegSize(turned)).toBeUndefined();
    const frame = plain.indexOf(Buffer.of(0xff, 0xc0));
    for (let length = 0; length < frame + 9; length += 1)
      expect(uprightJpegSize(plain.subarray(0, length))).toBeUndefined();
  });

  it.each([200, 1024])('finds damage in a large JPEG that is reduced to %i pixels', async (side) => {
    const whole = await noise(1100, 1100).jpeg({ quality: 80 }).toBuffer();
    const hole = Buffer.from(whole);
    hole.fill(0xff, whole.length >> 1, (whole.length >> 1) + 64);

    expect((await decodePicture(whole, LIMITS, { side })).status).toBe('ok');
    for (const bad of [whole.subarray(0, whole.length * 0.97), hole])
      expect((await decodePicture(bad, LIMITS, { side })).status).toBe('unreadable');
  });

  it('limits the long side, and leaves small pictures as they are', async () => {
    const decoded = await decodePicture(await noise(2000, 500).jpeg().toBuffer(), LIMITS);

    expect(decoded).toMatchObject({
      status: 'ok',
      facts: { width: 2000, height: 500 },
      raster: { width: 1024, height: 256 },
    });
    expect(await raster(await noise(60, 50).png().toBuffer())).toMatchObject({ width: 60, height: 50 });
  });

  it.each([
    ['CMYK JPEG', () => twoHalves().toColourspace('cmyk').jpeg().toBuffer()],
    ['16-bit PNG', () => twoHalves().toColourspace('rgb16').png().toBuffer()],
    ['palette PNG', () => twoHalves().png({ palette: true }).toBuffer()],
    ['WebP', () => twoHalves().webp({ lossless: true }).toBuffer()],
    ['GIF', () => twoHalves().gif().toBuffer()],
    ['AVIF', () => twoHalves().avif({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['TIFF', () => twoHalves().tiff().toBuffer()],
    ['Display P3', () => twoHalves().withIccProfile('p3').png().toBuffer()],
  ])('reads %s as 8-bit sRGB', async (_name, make) => {
    const result = await raster(await make());

    expect(result.data).toHaveLength(40 * 20 * 3);
    const [r, , b] = pixel(result, 5, 10);
    expect(r! - b!).toBeGreaterThan(150);
    const [r2, , b2] = pixel(result, 35, 10);
    expect(b2! - r2!).toBeGreaterThan(90);
  });

  it.each([
    ['8-bit', 'b-w', 128],
    ['16-bit', 'grey16', 128],
  ] as const)('spreads %s grey over three channels', async (_name, space, level) => {
    const bytes = await sharp({
      create: { width: 9, height: 7, channels: 3, background: { r: level, g: level, b: level } },
    })
      .toColourspace(space)
      .png()
      .toBuffer();

    const result = await raster(bytes);

    expect(result.data).toHaveLength(9 * 7 * 3);
    expect(isNear(pixel(result, 4, 3), [level, level, level], 3)).toBe(true);
  });

  it('puts what is transparent on white', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 4, background: clear } })
      .png()
      .toBuffer();

    expect(pixel(await raster(bytes), 4, 4)).toEqual([255, 255, 255]);
  });

  it('takes the first frame of an animation', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#0000ff'].map((background) =>
        sharp({ create: { width: 12, height: 10, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();

    const result = await raster(bytes);

    expect(result).toMatchObject({ width: 12, height: 10 });
    expect(isNear(pixel(result, 5, 5), RED)).toBe(true);
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)(
    'calls a truncated %s unreadable',
    async (format) => {
      const whole = await noise(96, 72).toFormat(format).toBuffer();

      expect((await decodePicture(whole, LIMITS)).status).toBe('ok');
      expect(await decodePicture(whole.subarray(0, whole.length * 0.6), LIMITS)).toMatchObject({
        status: 'unreadable',
        message: expect.stringContaining(`damaged ${format.toUpperCase()}`),
      });
    },
  );

  it('calls a PNG with a wrong checksum unreadable', async () => {
    const bytes = await noise(96, 72).png().toBuffer();
    bytes[bytes.length >> 1]! ^= 0xff;

    expect((await decodePicture(bytes, LIMITS)).status).toBe('unreadable');
  });

  it.each([
    ['an empty file', ''],
    ['an HTML page', '\n<!DOCTYPE html><html><body>403</body></html>'],
    ['an SVG drawing', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['an XML document', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ['a JSON document', '{"detail":"expired"}'],
    ['a PDF document', '%PDF-1.7\n'],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\n'],
    ['text', 'no picture at all'],
    ['nothing but zero bytes', '\0\0\0\0\0\0'],
    ['data of no known format', '\x01\x02\x03\x04\x05'],
  ])('names what is no picture: %s', async (name, content) => {
    expect(await decodePicture(Buffer.from(content, 'latin1'), LIMITS)).toMatchObject({
      status: 'unreadable',
      message: expect.stringContaining(`looks like ${name}`),
    });
  });

  it.each([
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['JPEG XL', '\xff\x0a\x00'],
    ['BMP', 'BM6\0\0\0'],
    ['Photoshop', '8BPS\0\x01'],
  ])('knows %s as a picture of a format that is not decoded', async (name, content) => {
    expect(await decodePicture(Buffer.from(content, 'latin1'), LIMITS)).toMatchObject({
      status: 'unsupported',
      message: expect.stringContaining(name),
    });
  });

  it('refuses a picture of huge dimensions by its header alone', async () => {
    const bytes = await noise(16, 16).png().toBuffer();
    bytes.writeUInt32BE(60_000, 16);
    bytes.writeUInt32BE(60_000, 20);
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);

    expect(await decodePicture(bytes, LIMITS)).toEqual({
      status: 'too-large',
      message: '60000 x 60000 pixels, more than the 4000000 allowed',
    });
  });

  it('refuses files over the byte limit', async () => {
    const bytes = await noise(96, 72).png().toBuffer();

    expect((await decodePicture(bytes, { ...LIMITS, maxBytes: 500 })).status).toBe('too-large');
  });
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
