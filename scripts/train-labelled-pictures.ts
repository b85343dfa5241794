import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A picture whose category a person has said. */
export interface LabelledPicture {
  /** Path relative to its folder; unique. */
  readonly id: string;
  readonly file: string;
  readonly category: string;
  /** Where it comes from; accuracy is told apart by it. */
  readonly source: string;
  /** Pictures of one group (an artist) are never trained on and tested on at once. */
  readonly group: string;
}

const PICTURE = /\.(jpe?g|png|webp|tiff?|gif|avif)$/i;
/** Pictures without an artist's name are grouped with their neighbours in the list, since series tend to stand together. */
const NEIGHBOURS = 15;

/**
 * Reads a folder of labelled pictures: `labels.csv` (columns path, label, source and note, in any order; `note` names the artist) when
 * there is one, else one subfolder for each category.
 */
export async function readLabelledPictures(folder: string): Promise<LabelledPicture[]> {
  const csv = await readFile(path.join(folder, 'labels.csv'), 'utf8').catch(() => undefined);
  return csv === undefined ? readSubfolders(folder) : readLabels(folder, csv);
}

function readLabels(folder: string, csv: string): LabelledPicture[] {
  const [header = [], ...rows] = parseCsv(csv);
  const column = (row: readonly string[], name: string) => row[header.indexOf(name)] ?? '';
  return rows.map((row, index) => {
    const id = column(row, 'path');
    const note = column(row, 'note').replace(/^mono /, '');
    const unnamed = note === '' || note.includes(', not looked at twice') || note === '3D render';
    return {
      id,
      file: path.join(folder, id),
      category: column(row, 'label'),
      source: column(row, 'source') + (note === '3D render' ? ' (3D renders)' : ''),
      group: unnamed ? `neighbours ${Math.floor(index / NEIGHBOURS)}` : note,
    };
  });
}

async function readSubfolders(folder: string): Promise<LabelledPicture[]> {
  const pictures: LabelledPicture[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const names = (await readdir(path.join(folder, entry.name))).filter((name) => PICTURE.test(name)).sort();
    for (const [index, name] of names.entries()) {
      const id = `${entry.name}/${name}`;
      const source = /^[A-Za-z]+/.exec(name)?.[0] ?? 'unnamed';
      const group = `${source} ${Math.floor(index / NEIGHBOURS)}`;
      pictures.push({ id, file: path.join(folder, id), category: entry.name, source, group });
    }
  }
  return pictures;
}

/** Fields by commas, quoted where they hold one. */
function parseCsv(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
}
