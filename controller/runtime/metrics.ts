import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The one controller and the one queue that there are: values of the labels `controller` and `name`. */
export const CONTROLLER = 'actor';

/** Buckets of controller-runtime, in seconds. */
const RECONCILE_SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5,
  1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60, 120, 300, 600,
];
/** Buckets of client-go's work queue, in seconds, from the one that Node's clock can tell. */
const QUEUE_SECONDS = [0.001, 0.01, 0.1, 1, 10, 100, 1000];
const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Every metric there is. Names that controller-runtime, client-go or the Prometheus clients have are used as they are there; the others
 * begin with `callsheet_`. No label takes values without bound: never an actor, an image, a plan or a message.
 */
export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own with all metrics in it, so that tests and several controllers in one process do not meet. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter<Label>({ name, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[],
  ) => new Histogram<Label>({ name, help, labelNames, buckets, registers });
  const queue = ['name', 'controller'] as const;
  const controller = ['controller'] as const;
  return {
    registry,
    reconciles: counter('controller_runtime_reconcile_total', 'Reconciles of an actor, by result', [
      'controller',
      'result',
    ]),
    reconcileErrors: counter(
      'controller_runtime_reconcile_errors_total',
      'Reconciles that ended in an error',
      controller,
    ),
    terminalErrors: counter(
      'controller_runtime_terminal_reconcile_errors_total',
      'Reconciles that ended in an error that is not tried again',
      controller,
    ),
    panics: counter(
      'controller_runtime_reconcile_panics_total',
      'Reconciles that ended in an error that nobody foresaw: a bug',
      controller,
    ),
    reconcileSeconds: histogram(
      'controller_runtime_reconcile_time_seconds',
      'Length of a reconcile',
      controller,
      RECONCILE_SECONDS,
    ),
    maxWorkers: gauge(
      'controller_runtime_max_concurrent_reconciles',
      'Reconciles that may go on at the same time',
      controller,
    ),
    activeWorkers: gauge('controller_runtime_active_workers', 'Workers that reconcile now', controller),
    queueDepth: gauge('workqueue_depth', 'Actors that wait in the queue and are due', queue),
    queueAdds: counter('workqueue_adds_total', 'Adds to the queue', queue),
    queueSeconds: histogram(
      'workqueue_queue_duration_seconds',
      'How long an actor waits in the queue after it is due',
      queue,
      QUEUE_SECONDS,
    ),
    workSeconds: histogram(
      'workqueue_work_duration_seconds',
      'How long a worker keeps an actor',
      queue,
      QUEUE_SECONDS,
    ),
    unfinishedSeconds: gauge(
      'workqueue_unfinished_work_seconds',
      'Sum of the ages of work that has not ended',
      queue,
    ),
    longestSeconds: gauge(
      'workqueue_longest_running_processor_seconds',
      'Age of the work that has gone on the longest',
      queue,
    ),
    queueRetries: counter('workqueue_retries_total', 'Actors that were put back after a failure', queue),
    leader: gauge(
      'leader_election_master_status',
      '1 in the process that holds the lease, 0 in one that stands by',
      ['name'],
    ),
    build: gauge('callsheet_build_info', 'Always 1; the version of the program is a label', ['version']),
    conditions: gauge('callsheet_reconcile_condition', 'Actors by the status and reason of a condition', [
      'type',
      'status',
      'reason',
    ]),
    scanSeconds: histogram(
      'callsheet_scan_duration_seconds',
      'Length of a look over all listings',
      [],
      RECONCILE_SECONDS,
    ),
    scannedActors: gauge('callsheet_scan_actors', 'Actors that the last look over all listings saw', []),
    scanChanges: counter(
      'callsheet_scan_changes_total',
      'Actors found changed by a look over all listings',
      [],
    ),
    sourceReady: gauge(
      'callsheet_source_ready',
      '1 while the specs can be had and used, 0 while the last good revision stays in force',
    ),
    sourceFailures: counter(
      'callsheet_source_failures_total',
      'Times that the specs could not be had or used, by reason',
      ['reason'],
    ),
    revisions: counter('callsheet_source_revisions_total', 'Revisions of the specs that came into force'),
    revisionTime: gauge(
      'callsheet_source_last_revision_timestamp_seconds',
      'When the revision in force was loaded',
    ),
    plans: counter('callsheet_plans_total', 'Plans that were written'),
    plansHeld: counter('callsheet_plans_held_total', 'Plans that wait, by what for', ['reason']),
    runs: counter('callsheet_runs_total', 'Runs that ended, by status', ['status']),
    actions: counter('callsheet_actions_total', 'Actions of runs that ended, by kind and outcome', [
      'action',
      'result',
    ]),
    rejected: counter('callsheet_generation_rejected_total', 'Pictures that were paid for and not accepted'),
    spent: counter(
      'callsheet_generation_spend_usd_total',
      'US dollars that runs spent on pictures, by model',
      ['model'],
    ),
    imagesRead: counter(
      'callsheet_images_read_total',
      'Images that were read and decoded, because they were new or changed',
    ),
    imagesEvaluated: counter('callsheet_images_evaluated_total', 'Images that the evaluator looked at'),
    evaluationSpent: counter(
      'callsheet_evaluation_spend_usd_total',
      "US dollars that evaluations cost, by the evaluator's account",
    ),
    providerFailures: counter(
      'callsheet_provider_failures_total',
      'Calls of providers that failed, also those that were made again, by provider and code of the error',
      ['provider', 'code'],
    ),
    budgetSpent: gauge(
      'callsheet_budget_spent_usd',
      'US dollars spent or reserved today (UTC), when last looked at',
    ),
    budgetLimit: gauge(
      'callsheet_budget_limit_usd',
      'US dollars that may be spent a day; 0: no bound, or not known yet',
    ),
    warnings: counter('callsheet_warnings_total', 'Warnings, by code', ['code']),
    notifications: counter(
      'callsheet_notifications_total',
      'Notifications, by receiver and what became of them',
      ['receiver', 'result'],
    ),
    notificationQueue: gauge('callsheet_notifications_pending', 'Notifications that wait to be delivered'),
    hooks: counter('callsheet_webhooks_total', 'Push webhooks received, by sender and what became of them', [
      'provider',
      'result',
    ]),
    requests: counter('callsheet_http_requests_total', 'HTTP requests, by route and status', [
      'method',
      'route',
      'status',
    ]),
    requestSeconds: histogram(
      'callsheet_http_request_duration_seconds',
      'Length of an HTTP request',
      ['route'],
      HTTP_SECONDS,
    ),
    authFailures: counter(
      'callsheet_http_auth_failures_total',
      'Requests refused for their credentials, origin or host',
      ['reason'],
    ),
    streams: gauge('callsheet_event_streams', 'Clients that follow the event stream'),
  };
}
