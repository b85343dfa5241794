import type { Raster } from '../picture/raster.ts';
import { decodeTile, encodeTile } from '../picture/tile.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

/** Contact-sheet tiles by content, so that drawing a sheet again never reads or decodes a picture again. */
export class Thumbnails {
  private readonly state: StateBackend;
  /** Pixels of a cell's side. */
  private readonly size: number;

  constructor(state: StateBackend, size: number) {
    this.state = state;
    this.size = size;
  }

  async get(digest: string, signal?: AbortSignal): Promise<Raster | undefined> {
    const bytes = await this.state.readBlob(this.path(digest), signal);
    // One that a power cut has damaged is as good as none.
    return bytes === undefined ? undefined : await decodeTile(bytes).catch(() => undefined);
  }

  async put(digest: string, tile: Raster, signal?: AbortSignal): Promise<void> {
    await this.state.writeBlob(this.path(digest), await encodeTile(tile), 'image/jpeg', signal);
  }

  private path(digest: string): string {
    return thumbnailPath(digest, this.size);
  }
}

export function thumbnailPath(digest: string, size: number): string {
  return `thumbnails/${digest.slice(0, 2)}/${digest}-${size}.jpg`;
}
