import { CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import { MemoryWorkQueue } from '../runtime/memory-work-queue.ts';
import type { SpecSource } from '../spec-source/spec-source.ts';
import type { Lease } from '../state-backend/lease.ts';
import type { Workspace } from '../workspace.ts';
import { Blocker } from './blocker.ts';
import { Board } from './board.ts';
import type { ControllerMetrics, UntimedEvent } from './controller-ports.ts';
import type { Crew } from './crew.ts';
import { LeaderQueue } from './leader-queue.ts';
import { Orders } from './orders.ts';
import { Session } from './session.ts';
import type { SourceProblem } from './spec-feed.ts';
import { StatusStore } from './status-store.ts';
import type { Term } from './term.ts';
import { Trouble } from './trouble.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';

export interface LeadingOptions {
  readonly slot: WorkspaceSlot;
  readonly timer: Clock;
  readonly random: () => number;
  readonly metrics: ControllerMetrics;
  readonly emit: (event: UntimedEvent) => void;
  /** How often state is looked at for what people wrote into it, and how often the lease is asked for. Milliseconds. */
  readonly statePollMs: number;
  readonly problem: () => SourceProblem | undefined;
  readonly source: SpecSource;
  /** Has the source looked at now. */
  readonly pokeSource: () => void;
  /** With a crew, before anything is decided: the newest revision comes into force, for everybody. */
  readonly prepare: (workspace: Workspace, signal: AbortSignal) => Promise<void>;
  /** Without one: keeps what is in force for the next start. */
  readonly publish: (workspace: Workspace) => Promise<void>;
}

const LEASE = 'controller';
const RESTART_MS = 5_000;
/** Who has led for so long has got over what broke it down before. */
const PROVEN_MS = 10 * 60_000;
/** How many orders are out for each that one replica carries out at a time: enough for several replicas, few enough to be called off. */
const ORDERS_AHEAD = 4;

/** The one that leads: it alone decides what is looked at, planned and applied. There is one at a time, by lease. */
export class Leading {
  private readonly options: LeadingOptions;
  private current: Session | undefined;
  private known: StatusStore | undefined;
  private lease: Lease | undefined;
  /** Who leads instead, as it has been told. */
  private told: string | undefined;
  private failures = 0;
  /** By the steady clock; while it leads. */
  private beganMs: number | undefined;
  private readonly leaseTrouble: Trouble;
  /** Why it does not lead any more, until it is known who does. */
  private lost: CallsheetError | undefined;

  constructor(options: LeadingOptions) {
    this.options = options;
    this.leaseTrouble = new Trouble('the lease cannot be had', options);
  }

  get session(): Session | undefined {
    return this.current;
  }

  /** What was last known while it led. */
  get statuses(): StatusStore | undefined {
    return this.known;
  }

  /** Holds the lease: what its source brings is in force for everybody. */
  get leads(): boolean {
    try {
      this.assertLeads();
      return true;
    } catch (error) {
      if (isCallsheetError(error, 'lease-lost')) return false;
      throw error;
    }
  }

  /**
   * To be asked right before what must not be done beside another leader: a process that was stopped for a while finds out late that its
   * lease is over.
   *
   * @throws CallsheetError `lease-lost`.
   */
  assertLeads(): void {
    if (this.lease === undefined) throw new CallsheetError('lease-lost', 'this controller does not lead');
    this.lease.assertHeld();
  }

  /** Why it cannot be told who leads, if anybody does: the state does not say. */
  get outage(): CallsheetError | undefined {
    return this.leaseTrouble.error ?? this.lost;
  }

  /** How often it has broken down in a row. */
  get crashes(): number {
    return this.isProven ? 0 : this.failures;
  }

  private get isProven(): boolean {
    return this.beganMs !== undefined && this.options.timer.now() - this.beganMs >= PROVEN_MS;
  }

  /**
   * Leads if nobody else does, as long as it may; otherwise waits a moment.
   *
   * @param onBegin told when it begins, with the signal that ends it.
   */
  async attempt(
    workspace: Workspace,
    crew: Crew | undefined,
    outer: AbortSignal,
    onBegin: (session: Session, signal: AbortSignal) => void,
  ): Promise<void> {
    await using lease = await this.acquire(workspace, outer);
    if (lease === undefined) return;
    const signal = AbortSignal.any([outer, lease.signal]);
    this.lease = lease;
    lease.signal.addEventListener('abort', () => {
      this.lost = toCallsheetError(lease.signal.reason);
    });
    this.say(true, `leads with fencing token ${lease.token}`);
    try {
      if (crew === undefined) await this.options.publish(workspace);
      else await this.takeOver(workspace, crew, signal);
      const session = this.createSession(workspace, crew);
      this.current = session;
      onBegin(session, signal);
      this.beganMs = this.options.timer.now();
      await session.run(signal);
      this.failures = 0;
    } catch (error) {
      if (!signal.aborted) await this.breakDown(error, outer);
    } finally {
      this.lease = undefined;
      this.current = undefined;
      this.beganMs = undefined;
      if (lease.signal.aborted) this.say(false, toCallsheetError(lease.signal.reason).message, true);
      else this.say(false, 'stopped');
    }
  }

  /** Undefined when it is time to look again: another holds it, or the library has moved. */
  private async acquire(workspace: Workspace, signal: AbortSignal): Promise<Lease | undefined> {
    const { timer, random, statePollMs } = this.options;
    try {
      const lease = await workspace.leases.acquire(LEASE, { signal });
      this.answered();
      this.told = undefined;
      return lease;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (isCallsheetError(error, 'lease-held')) {
        this.answered();
        this.standBy(error.message);
      } else this.leaseTrouble.note(error);
      await timer.sleep(statePollMs * (0.4 + 0.2 * random()), signal).catch(() => undefined);
      return undefined;
    }
  }

  private answered(): void {
    this.leaseTrouble.over();
    this.lost = undefined;
  }

  private standBy(message: string): void {
    if (message === this.told) return;
    this.told = message;
    this.options.emit({ type: 'standing-by', message });
  }

  /** What an earlier leader has ordered and nobody has begun belongs to a run that is over. */
  private async takeOver(workspace: Workspace, crew: Crew, signal: AbortSignal): Promise<void> {
    await this.options.prepare(workspace, signal);
    await crew.orders.withdraw();
  }

  private createSession(workspace: Workspace, crew: Crew | undefined): Session {
    const { slot, timer, random, metrics, emit, statePollMs, problem, source, pokeSource } = this.options;
    const assertLeads = () => this.assertLeads();
    const statuses = new StatusStore(workspace.state, this.options, assertLeads);
    this.known = statuses;
    const term: Term = {
      workspace: () => slot.current,
      queue:
        crew === undefined
          ? new MemoryWorkQueue({ clock: timer, random, observer: metrics })
          : new LeaderQueue(crew.looks, crew.reports, statuses),
      board: new Board(),
      statuses,
      evaluatorBlock: new Blocker(timer, random),
      generatorBlock: new Blocker(timer, random),
      busy: new Set(),
      assertLeads,
      timer,
      random,
      emit,
      metrics,
      ...(crew === undefined ? {} : { shared: this.share(crew) }),
    };
    return new Session({ slot, term, statePollMs, problem, source, pokeSource });
  }

  private share({ orders, reports }: Crew): NonNullable<Term['shared']> {
    const { slot, timer } = this.options;
    const given = new Orders({ orders, timer, generation: () => slot.current.source.specDigest });
    const { concurrency } = slot.current.settings.limits;
    return {
      reports,
      orders: given,
      hands: {
        apply: (context, plan, signal) => given.apply(context, plan, signal),
        concurrency: ORDERS_AHEAD * concurrency,
      },
    };
  }

  /** A bug, or something that nobody foresaw. The journal and the leases make starting again safe. */
  private async breakDown(error: unknown, signal: AbortSignal): Promise<void> {
    this.failures = this.crashes + 1;
    this.current = undefined;
    this.beganMs = undefined;
    const { code, message } = toCallsheetError(error);
    const warning = `the controller broke down and starts again: ${message}`;
    this.options.emit({ type: 'warning', code, message: warning });
    await this.options.timer.sleep(RESTART_MS, signal).catch(() => undefined);
  }

  private say(leading: boolean, message: string, lost = false): void {
    this.options.metrics.leading(leading);
    this.options.emit({ type: 'leader', leading, message, ...(lost ? { lost } : {}) });
  }
}
