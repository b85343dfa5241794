import type { Applying } from './apply/applying.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { Generator } from './generator/generator.ts';
import type { LibraryLayout } from './library/layout.ts';
import type { Stores } from './object-store/stores.ts';
import type { Observing } from './observe/observing.ts';
import type { PlanSource } from './plan/plan.ts';
import type { Clock } from './runtime/clock.ts';
import type { LibrarySettings } from './spec/library-settings.ts';
import type { ResolvedSpecs } from './spec/resolved-specs.ts';
import type { Leases } from './state-backend/lease.ts';
import type { Ledger } from './state-backend/ledger.ts';
import type { StateBackend } from './state-backend/state-backend.ts';
import type { Suspensions } from './status/suspensions.ts';
import type { Reporter } from './views/events.ts';

/** A library with everything that works on it, put together by `wire.ts`. Use-cases take one and know no adapter. */
export interface Workspace extends AsyncDisposable {
  readonly specs: ResolvedSpecs;
  /** Warnings of the specs; errors have stopped the workspace from being opened. */
  readonly diagnostics: readonly Diagnostic[];
  readonly source: PlanSource;
  readonly settings: LibrarySettings;
  readonly layout: LibraryLayout;
  readonly stores: Stores;
  readonly state: StateBackend;
  readonly leases: Leases;
  readonly ledger: Ledger;
  /** Ids of the evaluators in use, one for each taxonomy, joined by commas. */
  readonly evaluatorId: string;
  readonly generator: Generator;
  readonly observing: Observing;
  readonly applying: Applying;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  /** Version of this program. */
  readonly version: string;
  /** `user@host` or `controller@host`, for records of who did what. */
  readonly who: string;
  readonly report: Reporter;
  /** What people have suspended by command, as read at the beginning of a pass. Absent: nobody has looked. */
  readonly suspensions?: Suspensions;
}
