/** Writes the generated part of docs/commands.md anew, from the program itself: everything below the marker. */
import { readFile, writeFile } from 'node:fs/promises';
import { withReference } from '../controller/cli/reference.ts';

const file = new URL('../docs/commands.md', import.meta.url);
await writeFile(file, withReference(await readFile(file, 'utf8')));
