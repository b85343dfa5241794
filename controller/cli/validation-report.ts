import { isAbsolute, relative, sep } from 'node:path';
import type { Validation } from '../usecases/validate-specs.ts';

export const VALIDATION_FORMATS = ['text', 'json', 'junit', 'sarif', 'github'] as const;

export type ValidationFormat = (typeof VALIDATION_FORMATS)[number];

/** The problems in the form that was asked for; undefined for `text`, which is not one document. */
export async function reportOf(
  format: ValidationFormat,
  { diagnostics, valid, files }: Validation,
  folder: string,
  version: string,
): Promise<string | undefined> {
  switch (format) {
    case 'text':
      return undefined;
    case 'json':
      return `${JSON.stringify({ valid, files, folder, diagnostics }, null, 2)}\n`;
    case 'junit':
      return (await import('../views/junit.ts')).renderJunit(diagnostics, folder);
    case 'sarif':
      return (await import('../views/sarif.ts')).renderSarif(diagnostics, folder, version);
    case 'github':
      return (await import('../views/workflow-commands.ts')).renderWorkflowCommands(diagnostics, folder);
  }
}

/**
 * From where names of files start (the top of the repository) to the specs, ending in a slash: tools that show problems in a repository
 * need names from its top. Empty for specs elsewhere.
 */
export function folderOf(specs: string, top: string): string {
  if (!isAbsolute(specs)) return '';
  const near = relative(top, specs).split(sep).join('/');
  return near === '' || near.startsWith('..') ? '' : `${near}/`;
}
