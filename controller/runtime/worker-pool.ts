import { parentPort, Worker } from 'node:worker_threads';
import { CallsheetError, type ErrorCode, toCallsheetError } from '../diagnostics/errors.ts';

/** What a thread sends back. Errors are taken apart: a class does not survive the way between threads. */
type Answer<Result> =
  | { readonly result: Result }
  | {
      readonly failure: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly hint: string | undefined;
      };
    };

interface Job<Request, Result> {
  readonly request: Request;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: CallsheetError) => void;
}

interface Member<Request, Result> {
  readonly worker: Worker;
  job: Job<Request, Result> | undefined;
}

export interface WorkerPoolOptions {
  /** The worker's file without its ending: `.ts` when run from source, `.js` when compiled, as whoever asks for it. */
  readonly file: string;
  /** `import.meta.url` of whoever asks. */
  readonly from: string;
  readonly size: number;
  /** How messages call it: `The local evaluator`. */
  readonly owner: string;
}

/**
 * A few threads that each take one request at a time. Threads start when first needed and do not keep the process alive while idle.
 * Rejects with `unavailable` when closed meanwhile, `internal` when closed before or when a thread died, else as the worker did.
 */
export class WorkerPool<Request, Result> implements AsyncDisposable {
  readonly #url: URL;
  readonly #size: number;
  readonly #owner: string;
  readonly #members = new Set<Member<Request, Result>>();
  readonly #waiting: Job<Request, Result>[] = [];
  #closed = false;

  constructor({ file, from, size, owner }: WorkerPoolOptions) {
    this.#url = new URL(`${file}${from.endsWith('.ts') ? '.ts' : '.js'}`, from);
    this.#size = size;
    this.#owner = owner;
  }

  /** Runs one request on the next free thread, in the order asked. */
  run(request: Request): Promise<Result> {
    if (this.#closed)
      return Promise.reject(new CallsheetError('internal', `${this.#owner} has been closed.`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#dispatch();
    });
  }

  /** Ends the threads; work not yet done is rejected. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const members = [...this.#members];
    for (const job of this.#waiting.splice(0))
      job.reject(new CallsheetError('unavailable', `${this.#owner} was closed.`));
    await Promise.all(members.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const member = this.#freeMember();
      if (!member) return;
      const job = this.#waiting.shift()!;
      member.job = job;
      member.worker.ref();
      member.worker.postMessage(job.request);
    }
  }

  #freeMember(): Member<Request, Result> | undefined {
    for (const member of this.#members) if (!member.job) return member;
    return this.#members.size < this.#size ? this.#start() : undefined;
  }

  #start(): Member<Request, Result> {
    const worker = new Worker(this.#url);
    const member: Member<Request, Result> = { worker, job: undefined };
    this.#members.add(member);
    worker.on('message', (answer: Answer<Result>) => this.#settle(member, answer));
    worker.on('error', (cause) => this.#lose(member, cause));
    worker.on('exit', () => this.#lose(member, undefined));
    worker.unref();
    return member;
  }

  #settle(member: Member<Request, Result>, answer: Answer<Result>): void {
    const job = member.job;
    member.job = undefined;
    member.worker.unref();
    if ('failure' in answer) job?.reject(revive(answer.failure));
    else job?.resolve(answer.result);
    this.#dispatch();
  }

  /** A thread that died takes its work with it; the next one starts afresh. */
  #lose(member: Member<Request, Result>, cause: unknown): void {
    if (!this.#members.delete(member)) return;
    const code: ErrorCode = this.#closed ? 'unavailable' : 'internal';
    member.job?.reject(
      new CallsheetError(code, `${this.#owner}: a thread ended before it had finished.`, { cause }),
    );
    if (!this.#closed) this.#dispatch();
  }
}

function revive({
  code,
  message,
  hint,
}: {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
}): CallsheetError {
  return new CallsheetError(code, message, hint === undefined ? {} : { hint });
}

/** Called once in a worker's file: answers each request of the pool with what `work` makes of it. */
export function answerRequests<Request, Result>(work: (request: Request) => Promise<Result>): void {
  async function answer(request: Request): Promise<Answer<Result>> {
    try {
      return { result: await work(request) };
    } catch (error) {
      const { code, message, hint } = toCallsheetError(error);
      return { failure: { code, message, hint } };
    }
  }
  parentPort?.on('message', async (request: Request) => parentPort?.postMessage(await answer(request)));
}
