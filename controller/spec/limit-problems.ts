import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { problem } from './problems.ts';

/** Problems that are told of one file; a thousand more help nobody. */
const MAX_OF_ONE_FILE = 50;

/** Keeps the first problems of every file, errors before warnings, and says how many more there are. The input is sorted. */
export function limitProblems(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...Map.groupBy(diagnostics, ({ range }) => range?.file)].flatMap(([file, ofFile]) => {
    if (file === undefined || ofFile.length <= MAX_OF_ONE_FILE) return ofFile;
    const errors = ofFile.filter(({ severity }) => severity === 'error');
    const warnings = ofFile.filter(({ severity }) => severity === 'warning');
    const kept = new Set([...errors, ...warnings].slice(0, MAX_OF_ONE_FILE));
    const rest = ofFile.length - kept.size;
    const detail = `${file} has ${rest} more problem${rest === 1 ? '' : 's'}. Mend the others first.`;
    return [...ofFile.filter((diagnostic) => kept.has(diagnostic)), problem('more-problems', detail)];
  });
}
