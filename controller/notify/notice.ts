import type { PlanSize } from '../plan/plan.ts';
import type { Notification } from '../spec/library.generated.ts';

/** As many actors are named; of the others it is told how many they are. */
export const ACTORS_NAMED = 10;

/** Sorts of notices, as `spec.notifications[].events` names them. */
export type NoticeKind = NonNullable<Notification['events']>[number];

/** What people are told who have not said what they want. */
export const NOTICE_KINDS: readonly NoticeKind[] = [
  'failed',
  'recovered',
  'awaiting-approval',
  'budget',
  'guard-denied',
  'run-summary',
];

/** What is told of every revision, whether or not there is anything to do: for commit statuses, one of which a merge may wait for. */
export const REVISION_KINDS: readonly NoticeKind[] = ['applying', 'applied'];

/** One thing that people are told: about one cause, however many actors it concerns. */
export interface Notice {
  /** The same for the same notice, also after a restart: receivers may drop what they have had. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** RFC 3339. */
  readonly at: string;
  /** Name of the library. */
  readonly library: string;
  /** A condition's reason, or what the kind is about. */
  readonly reason: string;
  /** One line. */
  readonly title: string;
  readonly message: string;
  /** How many actors fail now, whatever the notice is about; absent when none does. */
  readonly failing?: number;
  /** Actors that it concerns. */
  readonly actors: { readonly count: number; readonly some: readonly string[] };
  readonly revision?: string;
  /** Whether every actor has been as this revision says; absent when it is not the newest. */
  readonly applied?: boolean;
  readonly plan?: string;
  readonly run?: string;
  readonly costUsd?: number;
  /** How much a plan that waits would do. */
  readonly planned?: Omit<PlanSize, 'actors'>;
  /** Where to look, when the controller knows its own address. */
  readonly url?: string;
}

/** What is known of one subject, before it becomes part of a notice. */
export interface Fact {
  readonly kind: NoticeKind;
  /** An actor's id; `specs`, a plan, a run or a day otherwise. */
  readonly subject: string;
  readonly isActor: boolean;
  readonly reason: string;
  readonly message: string;
  /** Of a failure: the reason for which the subject failed before. */
  readonly insteadOf?: string;
  /** Of several facts with one key only the first is ever told. */
  readonly key: string;
  readonly revision?: string;
  readonly plan?: string;
  readonly run?: string;
  readonly costUsd?: number;
  readonly planned?: Omit<PlanSize, 'actors'>;
  /** Of a plan or a run: whom it is about. */
  readonly actors?: Notice['actors'];
}
