import { Worker } from 'node:worker_threads';
import { CallsheetError, type ErrorCode } from '../../diagnostics/errors.ts';
import type { Look } from './look/look.ts';
import type { LookRequest, LookResponse } from './worker.ts';

/** The worker's file beside this one: `.ts` when run from source, `.js` when compiled. */
const WORKER = new URL(`./worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

interface Job {
  readonly request: LookRequest;
  readonly resolve: (look: Look) => void;
  readonly reject: (error: CallsheetError) => void;
}

interface Member {
  readonly worker: Worker;
  job: Job | undefined;
}

/**
 * A few threads that each keep the network in memory and take one picture at a time. Threads start when first needed and do not keep
 * the process alive while idle.
 */
export class WorkerPool {
  readonly #size: number;
  readonly #members = new Set<Member>();
  readonly #waiting: Job[] = [];
  #closed = false;

  constructor(size: number) {
    this.#size = size;
  }

  /** Runs one request on the next free thread, in the order asked. */
  run(request: LookRequest): Promise<Look> {
    if (this.#closed)
      return Promise.reject(new CallsheetError('internal', 'The local evaluator has been closed.'));
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
      job.reject(new CallsheetError('unavailable', 'The local evaluator was closed.'));
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

  #freeMember(): Member | undefined {
    for (const member of this.#members) if (!member.job) return member;
    return this.#members.size < this.#size ? this.#start() : undefined;
  }

  #start(): Member {
    const worker = new Worker(WORKER);
    const member: Member = { worker, job: undefined };
    this.#members.add(member);
    worker.on('message', (response: LookResponse) => this.#settle(member, response));
    worker.on('error', (cause) => this.#lose(member, cause));
    worker.on('exit', () => this.#lose(member, undefined));
    worker.unref();
    return member;
  }

  #settle(member: Member, response: LookResponse): void {
    const job = member.job;
    member.job = undefined;
    member.worker.unref();
    if ('failure' in response) job?.reject(revive(response.failure));
    else job?.resolve(response.look);
    this.#dispatch();
  }

  /** A thread that died takes its picture with it; the next one starts afresh. */
  #lose(member: Member, cause: unknown): void {
    if (!this.#members.delete(member)) return;
    const code: ErrorCode = this.#closed ? 'unavailable' : 'internal';
    member.job?.reject(
      new CallsheetError(code, 'A thread of the local evaluator ended before it had finished.', { cause }),
    );
    if (!this.#closed) this.#dispatch();
  }
}

function revive(failure: {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
}): CallsheetError {
  return new CallsheetError(
    failure.code,
    failure.message,
    failure.hint === undefined ? {} : { hint: failure.hint },
  );
}
