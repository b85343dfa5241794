import { crc32, deflateSync } from 'node:zlib';

/**
 * Pictures whose category and quality can be read off a contact sheet: a red ground is a photograph, a grey one an ink drawing, a blue one
 * a comic, and the brightness is the quality from 1 to 10. Unlike the plainer colour pictures these agree with the colour rules of the default
 * taxonomy, so that a whole set-up can be run with the specs that ship.
 */
export const STUDIO_CATEGORIES = ['photorealistic', 'bw_stylized', 'color_stylized'] as const;
export type StudioCategory = (typeof STUDIO_CATEGORIES)[number];

const SIDE = 48;
const DARK = 30;

/** A PNG. @param salt makes the content differ without changing what it shows. */
export function studioPicture(category: string, quality: number, salt: number): Buffer {
  const ground = groundOf(category, quality);
  const rows: Buffer[] = [];
  for (let y = 0; y < SIDE; y += 1) {
    const row = Buffer.alloc(1 + SIDE * 3);
    for (let x = 0; x < SIDE; x += 1) {
      // The salt is written into the first row, far from where the sheet is read.
      const isMarked = y === 0 && x < 31 && ((salt >>> x) & 1) === 1;
      for (let c = 0; c < 3; c += 1) row[1 + x * 3 + c] = isMarked ? 128 : ground[c]!;
    }
    rows.push(row);
  }
  return png(SIDE, SIDE, Buffer.concat(rows));
}

/** RGB of a category's ground at a quality. */
export function groundOf(category: string, quality: number): readonly [number, number, number] {
  const level = 70 + Math.round(quality * 16);
  if (category === 'bw_stylized') return [level, level, level];
  return category === 'photorealistic' ? [level, DARK, DARK] : [DARK, DARK, level];
}

/** What a ground shows. */
export function readGround([r, g, b]: readonly [number, number, number]): {
  category: StudioCategory;
  quality: number;
} {
  const level = Math.max(r, g, b);
  const category =
    level - Math.min(r, g, b) < 25 ? 'bw_stylized' : r > b ? 'photorealistic' : 'color_stylized';
  return { category, quality: Math.min(10, Math.max(1, Math.round((level - 70) / 16))) };
}

/** 8-bit RGB; each row of `data` begins with its filter byte. */
function png(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
