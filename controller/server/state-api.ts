import pMap from 'p-map';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { ControllerApi, Readiness, SuspendTarget } from '../reconcile/controller-ports.ts';
import { type Clock, systemClock } from '../runtime/clock.ts';
import type { ActorStatus } from '../status/actor-status.ts';
import {
  type ActorStatusDocument,
  actorStatusPath,
  emptyActorStatus,
  LIBRARY_STATUS_PATH,
  type LibraryStatusDocument,
} from '../status/status-document.ts';
import { readStatus } from '../usecases/read-status.ts';
import { askController } from '../usecases/reconcile-now.ts';
import { selectActors } from '../usecases/select-actors.ts';
import { resumeTarget, suspendTarget } from '../usecases/suspend.ts';
import { onBehalf } from './on-behalf.ts';
import type { LibraryAccess } from './server-context.ts';

const READS = 32;
/** Milliseconds between two looks whether a controller elsewhere has written something new. */
const LOOK_MS = 5_000;

export interface StateApiOptions {
  readonly clock?: Clock;
  /** Why the newest specs are not in force. */
  readonly problems?: () => Readiness['reasons'];
}

/**
 * Answers from the state alone, where no controller runs or another one leads: what it wrote there, and what can be told of the other
 * actors. Answers are what was known at the last look; asking has it looked again, at one document unless that has changed.
 */
export class StateApi implements ControllerApi {
  private readonly access: LibraryAccess;
  private documents = new Map<string, ActorStatusDocument>();
  private libraryDocument: LibraryStatusDocument | undefined;
  private loading: Promise<void> | undefined;
  private readonly options: StateApiOptions;
  private readonly clock: Clock;
  /** Of the library's document, at the last reading. */
  private version: string | undefined;
  private lookedMs = Number.NEGATIVE_INFINITY;

  /** Nobody is known until somebody has asked, and the first reading is done. */
  constructor(access: LibraryAccess, options: StateApiOptions = {}) {
    this.access = access;
    this.options = options;
    this.clock = options.clock ?? systemClock;
  }

  /** When everything has been read once. */
  static async open(access: LibraryAccess): Promise<StateApi> {
    const api = new StateApi(access);
    await api.pokeState();
    return api;
  }

  library(): LibraryStatusDocument | undefined {
    this.lookAgain();
    return this.libraryDocument;
  }

  actors(): readonly ActorStatusDocument[] {
    this.lookAgain();
    return [...this.documents.values()];
  }

  actor(id: string): ActorStatusDocument | undefined {
    this.lookAgain();
    return this.documents.get(id);
  }

  /** Leaves a request for the controller that leads, where one does. */
  async reconcileNow(actors?: readonly string[]): Promise<{ readonly accepted: number }> {
    const asked = await this.access.use((workspace) => askController(workspace, actors, { waitMs: 0 }));
    if (asked.kind === 'nobody') throw noController('reconciles');
    return { accepted: actors?.length ?? this.documents.size };
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
    this.lookedMs = this.clock.now();
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    await this.loading;
  }

  ready(): Readiness {
    const alone = { code: 'no-controller', message: 'This shows the state alone; no controller runs here.' };
    return { ready: true, reasons: [...(this.options.problems?.() ?? []), alone] };
  }

  health(): Readiness {
    return { ready: true, reasons: [] };
  }

  /** Without waiting: whoever asks next gets what is found. */
  private lookAgain(): void {
    if (this.loading !== undefined || this.clock.now() - this.lookedMs < LOOK_MS) return;
    const isFirst = this.lookedMs === Number.NEGATIVE_INFINITY;
    this.lookedMs = this.clock.now();
    const looked = isFirst ? this.pokeState() : this.lookAtLibrary();
    // What cannot be read now is shown as it was, and read at the next look.
    looked.catch(() => {});
  }

  /** A controller writes the library's document whenever something about an actor has changed. */
  private async lookAtLibrary(): Promise<void> {
    const stored = await this.access.use(({ state }) =>
      state.read<LibraryStatusDocument>(LIBRARY_STATUS_PATH),
    );
    if (stored !== undefined && stored.version !== this.version) await this.pokeState();
  }

  private async load(): Promise<void> {
    await this.access.use(async (workspace) => {
      const { state } = workspace;
      // First: what is written while the actors are being read is found at the next look.
      const library = await state.read<LibraryStatusDocument>(LIBRARY_STATUS_PATH);
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
      this.libraryDocument = library?.value;
      this.version = library?.version;
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
