import { ERROR_CODES, type ErrorCode } from '../diagnostics/errors.ts';
import type {
  ConditionCount,
  ControllerEvent,
  ControllerMetrics,
  ControllerObserver,
  ReconcileResult,
} from '../reconcile/controller-ports.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { Clock } from '../runtime/clock.ts';
import { CONTROLLER, type Metrics } from '../runtime/metrics.ts';
import type { QueueMeasures } from '../runtime/work-queue.ts';
import { HOLD_REASONS, SOURCE_REASONS } from '../status/condition.ts';
import type { ProgressEvent } from '../views/events.ts';

const QUEUE = { name: CONTROLLER, controller: CONTROLLER };
const LABELS = { controller: CONTROLLER };
const RESULTS = ['success', 'error', 'requeue', 'requeue_after'];
const RUN_STATUSES = ['succeeded', 'partial', 'failed', 'interrupted'];
const ACTIONS = ['adopt', 'forget', 'restore', 'generate', 'delete'];
const NOTICE_RESULTS = ['delivered', 'failed', 'dropped'];
const AUTH_FAILURES = ['no-token', 'bad-token', 'too-many-attempts', 'wrong-origin', 'wrong-host'];
const HOOK_PROVIDERS = ['github', 'gitlab', 'gitea', 'gogs', 'standard', 'unknown'];
const HOOK_RESULTS = ['accepted', 'ignored', 'replayed', 'no-signature', 'bad-signature', 'too-old'];
const PROVIDERS = ['openai', 'replicate'];
/** What their answers, and that there is none, are taken for. */
const PROVIDER_FAILURES: readonly ErrorCode[] = [
  'unavailable',
  'rate-limited',
  'auth',
  'quota',
  'content-rejected',
  'invalid-input',
  'not-found',
  'too-large',
  'corrupt',
  'internal',
];
const OUTCOMES = ['done', 'failed', 'skipped', 'not-attempted'];

/** Counts what a controller does. Every series whose labels are known begins at zero, so that the first failure shows as a rise. */
export class ControllerMeter implements ControllerMetrics, ControllerObserver {
  private readonly metrics: Metrics;
  private readonly clock: Clock;
  /** When each key in the hands of a worker was taken. */
  private readonly inWork = new Map<string, number>();
  /** The day (UTC) that the spent budget is of. */
  private budgetDay = '';

  constructor(metrics: Metrics, clock: Clock, version: string) {
    this.metrics = metrics;
    this.clock = clock;
    metrics.build.set({ version }, 1);
    this.zero();
    this.ageWork();
    this.endBudgetDay();
  }

  added(): void {
    this.metrics.queueAdds.inc(QUEUE);
  }

  taken(key: string, waitedMs: number): void {
    this.inWork.set(key, this.clock.now());
    this.metrics.queueSeconds.observe(QUEUE, waitedMs / 1000);
  }

  done(key: string, workedMs: number): void {
    this.inWork.delete(key);
    this.metrics.workSeconds.observe(QUEUE, workedMs / 1000);
  }

  retried(): void {
    this.metrics.queueRetries.inc(QUEUE);
  }

  queue({ ready }: QueueMeasures): void {
    this.metrics.queueDepth.set(QUEUE, ready);
  }

  leading(isLeading: boolean): void {
    this.metrics.leader.set({ name: 'controller' }, isLeading ? 1 : 0);
    if (isLeading) return;
    // From now on another process tells how things stand; what this one knew last would be counted beside it, and would stay.
    this.conditions([]);
    this.metrics.queueDepth.set(QUEUE, 0);
    this.metrics.budgetSpent.set(0);
    this.metrics.budgetLimit.set(0);
  }

  workers(active: number, limit: number): void {
    this.metrics.activeWorkers.set(LABELS, active);
    this.metrics.maxWorkers.set(LABELS, limit);
  }

  reconciled(result: ReconcileResult, seconds: number, isBug: boolean): void {
    if (isBug) this.metrics.panics.inc(LABELS);
    const failed = result === 'error' || result === 'terminal';
    this.metrics.reconciles.inc({ ...LABELS, result: failed ? 'error' : result });
    if (failed) this.metrics.reconcileErrors.inc(LABELS);
    if (result === 'terminal') this.metrics.terminalErrors.inc(LABELS);
    this.metrics.reconcileSeconds.observe(LABELS, seconds);
  }

  conditions(counts: readonly ConditionCount[]): void {
    const { conditions } = this.metrics;
    conditions.reset();
    conditions.set({ type: 'Ready', status: 'True', reason: 'Balanced' }, 0);
    for (const { type, status, reason, actors } of counts) conditions.set({ type, status, reason }, actors);
  }

  scanned(actors: number, changed: number, seconds: number): void {
    this.metrics.scannedActors.set(actors);
    this.metrics.scanChanges.inc(changed);
    this.metrics.scanSeconds.observe(seconds);
  }

  event(event: ControllerEvent): void {
    const { metrics } = this;
    switch (event.type) {
      case 'revision-loaded':
        metrics.revisions.inc();
        metrics.revisionTime.set(this.clock.now() / 1000);
        metrics.sourceReady.set(1);
        return;
      case 'source-failed':
        metrics.sourceFailures.inc({ reason: event.reason });
        metrics.sourceReady.set(0);
        return;
      case 'source-recovered':
        metrics.sourceReady.set(1);
        return;
      case 'plan-written':
        metrics.plans.inc();
        return;
      case 'plan-held':
        metrics.plansHeld.inc({ reason: event.reason });
        return;
      case 'run-finished':
        this.countRun(event.run);
        return;
      case 'budget':
        this.budgetDay = event.day;
        metrics.budgetSpent.set(event.spentUsd);
        metrics.budgetLimit.set(event.limitUsd);
        return;
      case 'warning':
        metrics.warnings.inc({ code: event.code });
        return;
      default:
        return;
    }
  }

  /** What use-cases report while they are at work. */
  progress(event: ProgressEvent): void {
    if (event.type === 'provider-failed') {
      const { provider, code } = event;
      this.metrics.providerFailures.inc({ provider, code });
    }
    if (event.type !== 'actor-observed') return;
    this.metrics.imagesRead.inc(event.read);
    this.metrics.imagesEvaluated.inc(event.evaluated);
    this.metrics.evaluationSpent.inc(event.costUsd);
  }

  /** Who is notified: what becomes of it begins at zero. */
  notifies(receivers: readonly string[]): void {
    for (const receiver of receivers)
      for (const result of NOTICE_RESULTS) this.metrics.notifications.inc({ receiver, result }, 0);
  }

  private countRun(run: RunRecord): void {
    const { metrics } = this;
    metrics.runs.inc({ status: run.status });
    for (const { kind, outcome, attempts = 0, costUsd = 0, model } of run.actors.flatMap(
      ({ actions }) => actions,
    )) {
      metrics.actions.inc({ action: kind, result: outcome });
      if (kind === 'generate') metrics.rejected.inc(Math.max(0, attempts - (outcome === 'done' ? 1 : 0)));
      if (costUsd > 0) metrics.spent.inc({ model: model ?? 'unknown' }, costUsd);
    }
  }

  /** Work that goes on has an age only when somebody asks. */
  private ageWork(): void {
    const { metrics } = this;
    const ages = () => [...this.inWork.values()].map((since) => (this.clock.now() - since) / 1000);
    collecting(metrics.unfinishedSeconds, () => ages().reduce((sum, age) => sum + age, 0));
    collecting(metrics.longestSeconds, () => Math.max(0, ...ages()));
  }

  /** A new day begins with nothing spent, also where nobody looks at the budget. */
  private endBudgetDay(): void {
    const { budgetSpent } = this.metrics;
    onCollect(budgetSpent, () => {
      if (new Date(this.clock.now()).toISOString().slice(0, 10) !== this.budgetDay) budgetSpent.set(0);
    });
  }

  private zero(): void {
    const { metrics } = this;
    for (const result of RESULTS) metrics.reconciles.inc({ ...LABELS, result }, 0);
    for (const total of [metrics.reconcileErrors, metrics.terminalErrors, metrics.panics])
      total.inc(LABELS, 0);
    for (const total of [metrics.queueAdds, metrics.queueRetries]) total.inc(QUEUE, 0);
    for (const seconds of [metrics.queueSeconds, metrics.workSeconds]) seconds.zero(QUEUE);
    metrics.reconcileSeconds.zero(LABELS);
    metrics.queueDepth.set(QUEUE, 0);
    metrics.activeWorkers.set(LABELS, 0);
    metrics.maxWorkers.set(LABELS, 0);
    this.leading(false);
    this.conditions([]);
    for (const reason of SOURCE_REASONS) metrics.sourceFailures.inc({ reason }, 0);
    for (const reason of HOLD_REASONS) metrics.plansHeld.inc({ reason }, 0);
    for (const code of ERROR_CODES) metrics.warnings.inc({ code }, 0);
    for (const reason of AUTH_FAILURES) metrics.authFailures.inc({ reason }, 0);
    for (const provider of HOOK_PROVIDERS)
      for (const result of HOOK_RESULTS) metrics.hooks.inc({ provider, result }, 0);
    for (const provider of PROVIDERS)
      for (const code of PROVIDER_FAILURES) metrics.providerFailures.inc({ provider, code }, 0);
    for (const status of RUN_STATUSES) metrics.runs.inc({ status }, 0);
    for (const action of ACTIONS) for (const result of OUTCOMES) metrics.actions.inc({ action, result }, 0);
  }
}

interface Collecting {
  set(labels: { name: string; controller: string }, value: number): void;
}

function collecting(gauge: Collecting, value: () => number): void {
  onCollect(gauge, () => gauge.set(QUEUE, value()));
}

/** prom-client calls `collect` before it writes a metric. */
function onCollect(gauge: object, collect: () => void): void {
  Object.assign(gauge, { collect });
}
