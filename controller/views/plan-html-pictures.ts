/** Hands out pictures for a page until there is no more room for them; each of them once, and counted. */
export class PictureBudget {
  private readonly thumbnails: ReadonlyMap<string, Uint8Array>;
  private room: number;
  /** Pictures that are there, but did not fit. */
  leftOut = 0;

  /** @param bytes room for all pictures together, as they are written into the page. */
  constructor(thumbnails: ReadonlyMap<string, Uint8Array>, bytes: number) {
    this.thumbnails = thumbnails;
    this.room = bytes;
  }

  /** The picture of a content digest as a data URI; undefined when there is none, or no room for it. */
  readonly take = (digest: string): string | undefined => {
    const bytes = this.thumbnails.get(digest);
    if (bytes === undefined) return undefined;
    const uri = `data:image/jpeg;base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
    if (uri.length > this.room) {
      this.leftOut += 1;
      return undefined;
    }
    this.room -= uri.length;
    return uri;
  };
}
