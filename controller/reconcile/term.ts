import type { Clock } from '../runtime/clock.ts';
import type { Mailbox } from '../runtime/mailbox.ts';
import type { WorkQueue } from '../runtime/work-queue.ts';
import type { Hands } from '../usecases/apply-plan.ts';
import type { Workspace } from '../workspace.ts';
import type { Blocker } from './blocker.ts';
import type { Board } from './board.ts';
import type { ControllerMetrics, UntimedEvent } from './controller-ports.ts';
import type { Report } from './crew.ts';
import type { Orders } from './orders.ts';
import type { StatusStore } from './status-store.ts';

/** What the parts of the controller share while it leads. */
export interface Term {
  /** The workspace of the revision in force; another one after a change of the specs. */
  readonly workspace: () => Workspace;
  readonly queue: WorkQueue;
  readonly board: Board;
  readonly statuses: StatusStore;
  /** Evaluator and generator each have one. */
  readonly evaluatorBlock: Blocker;
  readonly generatorBlock: Blocker;
  /** Actors whose plan is being applied: nobody looks at them meanwhile. */
  readonly busy: Set<string>;
  /** See `Leading.assertLeads`. */
  readonly assertLeads: () => void;
  /** Steady time, for delays. Dates come from the workspace's clock. */
  readonly timer: Clock;
  readonly random: () => number;
  readonly emit: (event: UntimedEvent) => void;
  readonly metrics: ControllerMetrics;
  /** Where several replicas do the work: this one only hears of it. */
  readonly shared?: {
    readonly reports: Mailbox<Report>;
    readonly orders: Orders;
    readonly hands: Hands;
  };
}
