import type PQueue from 'p-queue';
import type { Evaluator } from '../evaluator/evaluator.ts';
import type { Actor } from '../library/actor-manifest.ts';
import type { LibraryLayout } from '../library/layout.ts';
import type { Stores } from '../object-store/stores.ts';
import type { Clock } from '../runtime/clock.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { Reporter } from '../views/events.ts';
import type { ContentMemory } from './content-memory.ts';
import type { Inventory } from './inventory.ts';
import type { Thumbnails } from './thumbnails.ts';

/** What observing an actor needs. */
export interface Observing {
  readonly layout: LibraryLayout;
  readonly stores: Stores;
  readonly state: StateBackend;
  readonly inventory: Inventory;
  /** The evaluator for an actor: it is told the categories of the taxonomy that the actor's distribution names. */
  readonly evaluatorFor: (actor: Actor) => Evaluator;
  readonly thumbnails: Thumbnails;
  readonly memory: ContentMemory;
  /** Pixels of a contact-sheet cell's side. */
  readonly thumbnail: number;
  /** Cells in a row of the contact sheet. */
  readonly columns: number;
  /** Look a second time at pictures of low confidence and at those about to be deleted. */
  readonly confirm: boolean;
  readonly limits: { readonly maxImageBytes: number; readonly maxImagePixels: number };
  /** Bounds how many pictures are in memory at a time, over all actors. */
  readonly reads: PQueue;
  readonly clock: Clock;
  readonly report: Reporter;
}

/** The same for one actor whose evaluator is known. */
export interface ObservingActor extends Observing {
  readonly evaluator: Evaluator;
}
