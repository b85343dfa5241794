import type { SpecSnapshot } from '../spec-source/spec-source.ts';
import { readDocument } from './documents.ts';
import { type LibrarySettings, librarySettings } from './library-settings.ts';
import { parseSpecFile } from './parse.ts';

/** The Library of specs that cannot be used as a whole, where at least that document can be read. Pure. */
export function libraryOf({ files }: Pick<SpecSnapshot, 'files'>): LibrarySettings | undefined {
  const libraries = files.flatMap((file) =>
    parseSpecFile(file).documents.flatMap((parsed) => {
      const { document } = readDocument(parsed);
      return document?.kind === 'Library' ? [document.content] : [];
    }),
  );
  const [only, ...others] = libraries;
  return only === undefined || others.length > 0 ? undefined : librarySettings(only.metadata.name, only.spec);
}
