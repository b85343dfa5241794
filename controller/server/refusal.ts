import { type Problem, type RefusalCode, refusal } from './problem.ts';

/** A request that is not let through. Ends in an answer, never in a log as an error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problem: Problem, headers: Readonly<Record<string, string>>) {
    super(problem.detail);
    this.problem = problem;
    this.headers = headers;
  }
}

/** @param about `hint`: what to do about it; `headers`: sent along. */
export function refuse(
  code: RefusalCode,
  detail: string,
  about: { readonly hint?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Refusal {
  return new Refusal(refusal(code, detail, about.hint), about.headers ?? {});
}
