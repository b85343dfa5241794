// Generated from schemas/library.schema.json by scripts/generate-types.ts. Do not edit.

/**
 * Everything is planned, but nothing is applied: `true`, or a reason and perhaps an end.
 */
export type Suspend =
  | boolean
  | {
      /**
       * Why, for whoever meets it later.
       */
      reason: string;
      /**
       * When it ends by itself: a date (that day's beginning, UTC) or a time with its zone. Without it, it lasts until it is taken out.
       */
      until?: string;
    };

/**
 * Where the actors and their images are, and how the work on them is done. At most one in a repository of specs.
 */
export interface Library {
  /**
   * Version of the format.
   */
  apiVersion: 'callsheet.dev/v1';
  /**
   * Kind of the document.
   */
  kind: 'Library';
  metadata: Metadata;
  spec: LibrarySpec;
}
/**
 * The name of a document, and notes on it.
 */
export interface Metadata {
  /**
   * Names the document; other documents refer to it by this name. Unique among documents of one kind.
   */
  name: string;
  /**
   * What it is for, in a sentence. For people only.
   */
  description?: string;
  /**
   * Free notes for your own tools. Callsheet keeps them and does not act on them.
   */
  labels?: {
    /**
     * The value of one label.
     */
    [k: string]: string;
  };
}
/**
 * Places, providers, limits and policy. Everything has a default.
 */
export interface LibrarySpec {
  /**
   * Where the actor manifests are: one JSON file per actor. `{actor}` stands for the actor's id; what it matches in a listing is the id. Relative `file:` URLs start at the library's root, the folder that holds `specs/`.
   */
  actors?: string;
  /**
   * Where the training-data manifests are: one JSON file per actor, which the training job reads.
   */
  manifests?: string;
  /**
   * The folder or prefix of each actor's training images. New images are stored here; objects here that no manifest names are adopted when they are needed.
   */
  images?: string;
  /**
   * Where Callsheet keeps what it knows: evaluations, plans, runs, leases, money spent. A folder, a prefix or a Postgres database; its password belongs into DATABASE_URL, not here.
   */
  state?: string;
  evaluator?: EvaluatorSpec;
  generator?: GeneratorSpec;
  limits?: Limits;
  guards?: Guards;
  /**
   * Whether `callsheet controller` applies what it plans (`auto`) or waits for `callsheet approve` (`manual`). The apply command asks in either case.
   */
  apply?: 'auto' | 'manual';
  rollout?: Rollout;
  /**
   * When the controller may apply. Outside every window it still plans. None: always.
   *
   * @maxItems 50
   */
  windows?: Window[];
  /**
   * How often the controller looks at every actor again although nothing is known to have changed, and asks git for a new revision.
   */
  interval?: string;
  trash?: Trash;
  history?: History;
  suspend?: Suspend;
  /**
   * Who is told of failures, recoveries and plans that wait for approval.
   *
   * @maxItems 50
   */
  notifications?: Notification[];
}
/**
 * Says what each image is and how good.
 */
export interface EvaluatorSpec {
  /**
   * `local` works offline on this machine, free. `openai` asks a vision model of OpenAI, or of any server that speaks its API when OPENAI_BASE_URL is set; its key is read from OPENAI_API_KEY.
   */
  provider?: 'local' | 'openai';
  /**
   * Name of the vision model. For `openai` gpt-4.1-mini unless it is set. A change means that every image is evaluated again.
   */
  model?: string;
  /**
   * Side of one cell of the contact sheet, in pixels.
   */
  thumbnail?: number;
  /**
   * Cells in a row of the contact sheet.
   */
  columns?: number;
  /**
   * Look once more, alone and closely, at an image that is about to be deleted or that got low confidence.
   */
  confirm?: boolean;
  /**
   * Which API of `openai` to speak. Unless set: `responses` for api.openai.com, `chat` (Chat Completions) for any other base URL.
   */
  api?: 'responses' | 'chat';
  /**
   * How long a reasoning model thinks. Left out of the request unless it is set; `none` or `low` keeps the price of such models down.
   */
  reasoningEffort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';
  /**
   * Randomness of the answer. Left out of the request unless it is set; reasoning models refuse it.
   */
  temperature?: number;
  /**
   * The resolution at which the model looks at pictures.
   */
  detail?: 'low' | 'high' | 'auto' | 'original';
  /**
   * Below this confidence (0 to 1) a verdict is `uncertain`: such an image counts, but is never deleted for being too many. Each evaluator has its own bound unless it is set.
   */
  minimumConfidence?: number;
  pricePerMillionTokens?: TokenPrice;
}
/**
 * What a million tokens cost, in US dollars. Needed for models whose price Callsheet does not know: an unknown price is a refusal.
 */
export interface TokenPrice {
  /**
   * Tokens sent, pictures included.
   */
  input: number;
  /**
   * Tokens received, reasoning included.
   */
  output: number;
}
/**
 * Makes new images of an actor from its base image and a prompt.
 */
export interface GeneratorSpec {
  /**
   * `local` derives pictures from the base image by image processing on this machine, free: a stand-in for those who have no key. `replicate` runs a model at Replicate, for money; its token is read from REPLICATE_API_TOKEN.
   */
  provider?: 'local' | 'replicate';
  /**
   * The model at Replicate, as owner/name. For `replicate` black-forest-labs/flux-kontext-pro unless it is set.
   */
  model?: string;
  input?: GeneratorInput;
  inputMapping?: InputMapping;
  /**
   * What one picture costs, in US dollars. Needed for models whose price Callsheet does not know: an unknown price is a refusal.
   */
  priceUsd?: number;
  /**
   * How often one picture is tried when it turns out to be of the wrong category or not good enough. Every attempt is paid for.
   */
  maxAttempts?: number;
  /**
   * File format of new images.
   */
  outputFormat?: 'jpg' | 'png';
}
/**
 * Further input of the model, sent with every request as it is here.
 */
export interface GeneratorInput {
  [k: string]: unknown;
}
/**
 * What the model calls the three inputs that differ from picture to picture. Set it for models other than flux-kontext-pro.
 */
export interface InputMapping {
  /**
   * The input that takes the prompt.
   */
  prompt?: string;
  /**
   * The input that takes the base image. A name that ends in [] takes a list of one.
   */
  image?: string;
  /**
   * The input that takes the seed.
   */
  seed?: string;
}
/**
 * How much is done at once, and for how much money.
 */
export interface Limits {
  /**
   * Actors in work at the same time.
   */
  concurrency?: number;
  perProvider?: PerProvider;
  budget?: Budget;
  /**
   * Larger image files are not read; they count as unknown.
   */
  maxImageBytes?: number;
  /**
   * Images with more pixels (width times height) are not decoded; they count as unknown.
   */
  maxImagePixels?: number;
}
/**
 * Limits on the calls to each provider, over all actors. Unless set: OpenAI 32 at a time and 500 a minute, Replicate 16 at a time and 300 a minute.
 */
export interface PerProvider {
  openai?: ProviderLimit;
  replicate?: ProviderLimit;
}
/**
 * Limits on the calls to one provider.
 */
export interface ProviderLimit {
  /**
   * Calls in flight at the same time.
   */
  concurrency?: number;
  /**
   * Calls started in a minute.
   */
  requestsPerMinute?: number;
}
/**
 * The most that may be spent, in US dollars. Money is reserved before each paid call; what would exceed the budget is not called. Left out: no bound.
 */
export interface Budget {
  /**
   * By one run.
   */
  perRun?: number;
  /**
   * By all runs of a day (UTC).
   */
  perDay?: number;
}
/**
 * Bounds on what a single plan may delete. A plan over a bound is refused until a person lifts the guard for that plan.
 */
export interface Guards {
  /**
   * Deletes in one plan. Left out: no bound.
   */
  maxDeletes?: number;
  /**
   * Deletes in one plan, as a percentage of the images it saw.
   */
  maxDeleteShare?: number;
  /**
   * Images that every actor keeps.
   */
  minUsable?: number;
}
/**
 * How the controller applies a change that touches many actors: some first, then the rest in batches.
 */
export interface Rollout {
  /**
   * Actors in the first wave. 0: no canary.
   */
  canary?: number;
  /**
   * Actors in each further wave.
   */
  batch?: number;
  /**
   * Actors that may fail before the rollout halts and waits for a person.
   */
  maxFailures?: number;
}
/**
 * A time when applying is allowed.
 */
export interface Window {
  /**
   * When it opens, as a cron expression: minute, hour, day of month, month, day of week.
   */
  schedule: string;
  /**
   * How long it stays open.
   */
  duration: string;
  /**
   * IANA name of the time zone that `schedule` is meant in.
   */
  timeZone?: string;
}
/**
 * What becomes of deleted images.
 */
export interface Trash {
  /**
   * How long a deleted image can be brought back. After that it is gone for good.
   */
  retention?: string;
}
/**
 * What becomes of the records of runs and of the plans that they used up. A controller removes old ones a few at a time; without one, `callsheet state prune` does.
 */
export interface History {
  /**
   * How long a controller keeps them; never shorter than `spec.trash.retention`, so that a run can be undone as long as its images are there. A plan that is older is not applied any more.
   */
  retention?: string;
}
/**
 * One receiver of notifications.
 */
export interface Notification {
  /**
   * What logs call it.
   */
  name?: string;
  /**
   * `webhook` posts JSON; `slack` posts a message that Slack, Mattermost and others understand; `github` sets the commit status of the applied revision.
   */
  type: 'webhook' | 'slack' | 'github';
  /**
   * Where to post. A URL that is itself a secret belongs into `urlEnv`.
   */
  url?: string;
  /**
   * Name of the environment variable that holds the URL.
   */
  urlEnv?: string;
  /**
   * Name of the environment variable that holds the key to sign webhooks with (HMAC SHA-256), or the token for `github`.
   */
  secretEnv?: string;
  /**
   * For `github`: owner/name of the repository. Unless set it is read from the URL of the specs.
   */
  repository?: string;
  /**
   * What to tell. Left out: everything, but `applying` and `applied` (a new revision is in force; every actor is as it says) only to `github`.
   *
   * @minItems 1
   *
   * Items: One sort of event.
   */
  events?: (
    | 'failed'
    | 'recovered'
    | 'awaiting-approval'
    | 'budget'
    | 'guard-denied'
    | 'run-summary'
    | 'applying'
    | 'applied'
  )[];
}
