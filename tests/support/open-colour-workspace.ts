import { join } from 'node:path';
import type { Reporter } from '../../controller/views/events.ts';
import { openWorkspace } from '../../controller/wire.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { ColourEvaluator } from './colour-evaluator.ts';
import { ColourGenerator, type ColourGeneratorOptions } from './colour-generator.ts';

export interface ColourWorkspace {
  readonly workspace: Workspace;
  readonly evaluator: ColourEvaluator;
  readonly books: string;
}

/** A workspace on a built library, with the evaluator and the generator of colour pictures. */
export async function openColourWorkspace(
  root: string,
  options: Omit<ColourGeneratorOptions, 'books'> & { readonly report?: Reporter } = {},
): Promise<ColourWorkspace> {
  const { report, ...generating } = options;
  const evaluator = new ColourEvaluator();
  const books = join(root, 'provider-books.jsonl');
  const workspace = await openWorkspace({
    specs: join(root, 'specs'),
    version: '0.0.0-test',
    ...(report === undefined ? {} : { report }),
    providers: { evaluator: () => evaluator, generator: () => new ColourGenerator({ ...generating, books }) },
  });
  return { workspace, evaluator, books };
}
