import { LineCounter } from 'yaml';
import type { Diagnostic, SourceRange } from '../diagnostics/diagnostic.ts';
import { type NodePath, type ProblemCode, problemIn } from './problems.ts';

/** The text of one file, with offsets as lines and columns. */
export class SourceText {
  readonly name: string;
  readonly text: string;
  readonly counter = new LineCounter();
  readonly #lines: string[];

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    this.#lines = text.split(/\r?\n/);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  range(start: number, end: number): SourceRange {
    const from = this.counter.linePos(start);
    const to = this.counter.linePos(Math.max(start, end));
    return {
      file: this.name,
      line: Math.max(1, from.line),
      column: Math.max(1, from.col),
      endLine: to.line,
      endColumn: to.col,
    };
  }

  problem(code: ProblemCode, start: number, end: number, detail: string, path?: NodePath): Diagnostic {
    return problemIn(this.#lines, code, this.range(start, end), detail, path);
  }
}
