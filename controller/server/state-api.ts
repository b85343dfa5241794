import pMap from 'p-map';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { ControllerApi, Readiness, SuspendTarget } from '../reconcile/controller-ports.ts';
import type { ActorStatus } from '../status/actor-status.ts';
import {
  type ActorStatusDocument,
  actorStatusPath,
  emptyActorStatus,
  LIBRARY_STATUS_PATH,
  type LibraryStatusDocument,
} from '../status/status-document.ts';
import { readStatus } from '../usecases/read-status.ts';
import { selectActors } from '../usecases/select-actors.ts';
import { resumeTarget, suspendTarget } from '../usecases/suspend.ts';
import { onBehalf } from './on-behalf.ts';
import type { LibraryAccess } from './server-context.ts';

const READS = 32;

/** Answers from the state alone, where no controller runs: what one left behind, and what can be told of the other actors. */
export class StateApi implements ControllerApi {
  private readonly access: LibraryAccess;
  private documents = new Map<string, ActorStatusDocument>();
  private libraryDocument: LibraryStatusDocument | undefined;
  private loading: Promise<void> | undefined;

  private constructor(access: LibraryAccess) {
    this.access = access;
  }

  /** Without waiting: nobody is known until the first reading is done. */
  static begin(access: LibraryAccess): StateApi {
    const api = new StateApi(access);
    api.pokeState().catch(() => {});
    return api;
  }

  static async open(access: LibraryAccess): Promise<StateApi> {
    const api = new StateApi(access);
    await api.pokeState();
    return api;
  }

  library(): LibraryStatusDocument | undefined {
    return this.libraryDocument;
  }

  actors(): readonly ActorStatusDocument[] {
    return [...this.documents.values()];
  }

  actor(id: string): ActorStatusDocument | undefined {
    return this.documents.get(id);
  }

  async reconcileNow(): Promise<never> {
    throw noController('reconciles');
  }

  async pokeSource(): Promise<never> {
    throw noController('follows the specs');
  }

  async suspend(
    target: SuspendTarget,
    why: { readonly reason: string; readonly by: string; readonly until?: string },
  ): Promise<void> {
    await this.access.use((workspace) => suspendTarget(onBehalf(workspace, why.by), target, why));
    await this.pokeState();
  }

  async resume(target: SuspendTarget, by: string): Promise<void> {
    await this.access.use((workspace) => resumeTarget(onBehalf(workspace, by), target));
    await this.pokeState();
  }

  /** Reads everything again. Calls that come meanwhile share one reading. */
  async pokeState(): Promise<void> {
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    await this.loading;
  }

  ready(): Readiness {
    return {
      ready: true,
      reasons: [{ code: 'no-controller', message: 'This shows the state alone; no controller runs here.' }],
    };
  }

  health(): Readiness {
    return { ready: true, reasons: [] };
  }

  private async load(): Promise<void> {
    await this.access.use(async (workspace) => {
      const { state } = workspace;
      const ids = await selectActors(workspace, {});
      const stored = await pMap(
        ids,
        async (id) => (await state.read<ActorStatusDocument>(actorStatusPath(id)))?.value,
        { concurrency: READS },
      );
      const known = new Map(
        stored.flatMap((document) => (document === undefined ? [] : [[document.actor, document]])),
      );
      const others = ids.filter((id) => !known.has(id));
      const told = others.length === 0 ? [] : await readStatus(workspace, { actors: others });
      for (const status of told) known.set(status.actor, documentOf(status));
      this.documents = new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id)!]] : [])));
      this.libraryDocument = (await state.read<LibraryStatusDocument>(LIBRARY_STATUS_PATH))?.value;
    });
  }
}

function documentOf({
  actor,
  name,
  type,
  distribution,
  total,
  conditions,
}: ActorStatus): ActorStatusDocument {
  return {
    ...emptyActorStatus(actor),
    ...(name === undefined ? {} : { name }),
    actorType: type,
    ...(distribution === undefined ? {} : { distribution }),
    total: { before: total.before, target: total.target },
    conditions,
  };
}

function noController(does: string): CallsheetError {
  return new CallsheetError('unavailable', `no controller ${does} here`, {
    hint: 'Start one with "callsheet controller", or use "callsheet plan" and "callsheet apply".',
  });
}
