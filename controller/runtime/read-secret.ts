import { readFile } from 'node:fs/promises';
import { CallsheetError } from '../diagnostics/errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * A secret of the environment: `NAME`, else the content of the file that `NAME_FILE` names. Undefined when neither is set.
 *
 * @throws CallsheetError `invalid-input` when the file cannot be read or holds nothing.
 */
export async function readSecret(env: Env, name: string): Promise<string | undefined> {
  const value = env[name]?.trim();
  if (value !== undefined && value !== '') return value;
  const file = env[`${name}_FILE`]?.trim();
  if (file === undefined || file === '') return undefined;
  try {
    const text = (await readFile(file, 'utf8')).trim();
    if (text !== '') return text;
  } catch (cause) {
    throw new CallsheetError('invalid-input', `${name}_FILE: ${file} cannot be read`, { cause });
  }
  throw new CallsheetError('invalid-input', `${name}_FILE: ${file} is empty`);
}
