import { createInterface } from 'node:readline/promises';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { Terminal } from './terminal.ts';

export interface Question {
  /** What will happen, as a line of its own. */
  readonly text: string;
  /** The option that answers it beforehand, for machines. */
  readonly option: '--auto-approve';
}

/**
 * Asks on the terminal; only `yes` is a yes.
 *
 * @throws CallsheetError `invalid-input` where nobody can answer: nothing is changed without a person or the option saying so.
 */
export async function confirmed({ stdin, stderr, signal }: Terminal, question: Question): Promise<boolean> {
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new CallsheetError('invalid-input', 'nobody can be asked here: this is not a terminal', {
      hint: `Look at the plan first, then give ${question.option}.`,
    });
  }
  const reader = createInterface({ input: stdin, output: stderr as NodeJS.WritableStream });
  try {
    const answer = await reader.question(`\n${question.text}\n  Only "yes" is accepted: `, { signal });
    return answer.trim() === 'yes';
  } finally {
    reader.close();
  }
}
