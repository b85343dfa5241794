import { isCallsheetError } from '../diagnostics/errors.ts';
import { actorRecordPath } from '../records/actor-records.ts';
import { ABSENT, basisOf } from './basis.ts';
import type { Observing } from './observing.ts';
import { folderAt } from './sources.ts';

type Places = Pick<Observing, 'stores' | 'layout' | 'state' | 'inventory'>;

/**
 * What the files of a library are in this pass, without reading one of them: everything that a bucket or a database can list is listed
 * once for all actors, and of a folder's files only the attributes are asked for.
 */
export class Revisions {
  private readonly places: Places;
  /** Of the actors' manifests, by id. */
  private readonly actors: ReadonlyMap<string, string>;
  private records: Promise<ReadonlyMap<string, string>> | undefined;
  private listedManifests: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(places: Places, actors: ReadonlyMap<string, string>) {
    this.places = places;
    this.actors = actors;
  }

  /**
   * See `basisOf`. Undefined for an actor of which nothing is recorded: then there is nothing to compare with.
   *
   * @param elsewhere canonical names of the folders besides its own that hold images of it.
   */
  async basisOf(id: string, elsewhere: readonly string[], signal?: AbortSignal): Promise<string | undefined> {
    const { inventory, layout } = this.places;
    const actor = this.actors.get(id);
    this.records ??= this.listRecords(signal);
    const record = (await this.records).get(id);
    if (actor === undefined || record === undefined) return undefined;
    const manifest = await this.manifestOf(id, signal);
    const listings = [await inventory.digest(layout.images.at(id), signal)];
    for (const folder of elsewhere)
      listings.push(await inventory.digest(folderAt(folder, layout.root), signal, id));
    return basisOf({ actor, manifest, record, listings });
  }

  private async manifestOf(id: string, signal?: AbortSignal): Promise<string> {
    const { stores, layout, inventory } = this.places;
    const location = layout.manifests.at(id);
    if (location.kind === 's3') {
      const seen = inventory.manifests?.();
      if (seen !== undefined) return seen.get(id) ?? ABSENT;
      this.listedManifests ??= this.listManifests(signal);
      return (await this.listedManifests).get(id) ?? ABSENT;
    }
    const { store, key } = await stores.at(location);
    try {
      return (await store.head(key, signal)).revision;
    } catch (error) {
      if (isCallsheetError(error, 'not-found')) return ABSENT;
      throw error;
    }
  }

  private async listManifests(signal?: AbortSignal): Promise<Map<string, string>> {
    const { stores, layout } = this.places;
    const { base } = layout.manifests;
    const { store, key } = await stores.at(base);
    const revisions = new Map<string, string>();
    for await (const info of store.list(key, signal)) {
      const id = layout.manifests.actorOf(stores.sibling(base, info.key));
      if (id !== undefined) revisions.set(id, info.revision);
    }
    return revisions;
  }

  private async listRecords(signal?: AbortSignal): Promise<Map<string, string>> {
    const versions = new Map<string, string>();
    const [start = '', end = ''] = actorRecordPath('\0').split('\0');
    for await (const { path, version } of this.places.state.versions(start, signal))
      if (path.endsWith(end)) versions.set(path.slice(start.length, -end.length), version);
    return versions;
  }
}
