import { createHash } from 'node:crypto';
import type { Raster } from '../picture/raster.ts';
import { cutTile, encodeStrip, MAX_ROWS } from '../picture/strip.ts';
import { decodeTile, encodeTile } from '../picture/tile.ts';
import type { PictureRecord } from '../records/actor-record.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

/** Tiles that are about to be kept. */
export interface KeptTiles {
  /** Where each will be, by digest: for `PictureRecord.tile`. */
  readonly places: ReadonlyMap<string, string>;
  /** Stores them. */
  write(signal?: AbortSignal): Promise<void>;
}

/** Strips that are held decoded, since whoever wants one tile of an actor mostly wants them all. Some 3 MB each. */
const STRIPS_HELD = 8;

/**
 * Contact-sheet tiles by content, so that drawing a sheet again never reads or decodes a picture again. Those that are learnt together are
 * kept together, as one strip, and the picture's record says where; one that comes alone has a file of its own.
 */
export class Thumbnails {
  private readonly state: StateBackend;
  /** Pixels of a cell's side. */
  private readonly size: number;
  private readonly strips = new Map<string, Promise<Raster | undefined>>();

  constructor(state: StateBackend, size: number) {
    this.state = state;
    this.size = size;
  }

  /** @param picture what is known of it. */
  async get(
    digest: string,
    picture: PictureRecord | undefined,
    signal?: AbortSignal,
  ): Promise<Raster | undefined> {
    const place = parsePlace(picture);
    if (place?.strip.endsWith(`-${this.size}`)) {
      const strip = await this.strip(place.strip);
      const tile = strip === undefined ? undefined : cutTile(strip, place.row, place);
      if (tile !== undefined) return tile;
    }
    return await this.read(thumbnailPath(digest, this.size), signal);
  }

  /** The same as JPEG, for showing it. */
  async getJpeg(
    digest: string,
    picture: PictureRecord | undefined,
    signal?: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    const tile = await this.get(digest, picture, signal);
    return tile === undefined ? undefined : await encodeTile(tile);
  }

  async put(digest: string, tile: Raster, signal?: AbortSignal): Promise<void> {
    await this.state.writeBlob(
      thumbnailPath(digest, this.size),
      await encodeTile(tile),
      'image/jpeg',
      signal,
    );
  }

  /** By digest. */
  keep(tiles: ReadonlyMap<string, Raster>): KeptTiles {
    const places = new Map<string, string>();
    const strips = new Map<string, Raster[]>();
    const all = [...tiles];
    for (let first = 0; first < all.length; first += MAX_ROWS) {
      const rows = all.slice(first, first + MAX_ROWS);
      const name = createHash('sha256').update(rows.map(([digest]) => digest).join(' '));
      const strip = `${name.digest('hex').slice(0, 24)}-${this.size}`;
      for (const [row, [digest, { width, height }]] of rows.entries())
        places.set(digest, `${strip}/${row}/${width}x${height}`);
      strips.set(
        strip,
        rows.map(([, tile]) => tile),
      );
    }
    const write = async ([strip, rows]: [string, Raster[]], signal?: AbortSignal) => {
      const bytes = await encodeStrip(rows, this.size);
      await this.state.writeBlob(stripPath(strip), bytes, 'image/jpeg', signal);
    };
    return {
      places,
      write: async (signal) => void (await Promise.all([...strips].map((strip) => write(strip, signal)))),
    };
  }

  private async strip(name: string): Promise<Raster | undefined> {
    const held = this.strips.get(name);
    if (held !== undefined) return await held;
    // Without the signal: others may be waiting for the same strip.
    const reading = this.read(stripPath(name));
    this.strips.set(name, reading);
    if (this.strips.size > STRIPS_HELD) this.strips.delete(this.strips.keys().next().value!);
    const forget = () => this.strips.delete(name);
    reading.then((strip) => strip === undefined && forget(), forget);
    return await reading;
  }

  private async read(path: string, signal?: AbortSignal): Promise<Raster | undefined> {
    const bytes = await this.state.readBlob(path, signal);
    // One that a power cut has damaged is as good as none.
    return bytes === undefined ? undefined : await decodeTile(bytes).catch(() => undefined);
  }
}

export function thumbnailPath(digest: string, size: number): string {
  return `thumbnails/${digest.slice(0, 2)}/${digest}-${size}.jpg`;
}

/** The file that holds the tile of a picture, where that is a strip. */
export function stripPathOf(picture: PictureRecord | undefined): string | undefined {
  const place = parsePlace(picture);
  return place === undefined ? undefined : stripPath(place.strip);
}

function stripPath(strip: string): string {
  return `thumbnails/strips/${strip.slice(0, 2)}/${strip}.jpg`;
}

interface Place {
  readonly strip: string;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

function parsePlace(picture: PictureRecord | undefined): Place | undefined {
  if (picture === undefined || 'problem' in picture) return undefined;
  const match = /^([0-9a-f]{24}-\d+)\/(\d+)\/(\d+)x(\d+)$/.exec(picture.tile ?? '');
  if (match === null) return undefined;
  const [row, width, height] = match.slice(2).map(Number) as [number, number, number];
  return { strip: match[1]!, row, width, height };
}
