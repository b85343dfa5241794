import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import { increment } from './object-store-increment.ts';

/*
 * A process of its own for the tests of the file store:
 *   increment ROOT KEY TIMES   adds TIMES to the number in KEY by compare-and-swap
 *   overwrite ROOT KEY BYTES   replaces KEY for ever, each time with BYTES of one letter
 */

const [mode, root = '', key = '', count = ''] = process.argv.slice(2);
const store = createFileObjectStore({ root });

if (mode === 'increment') {
  await increment(store, key, Number(count));
} else {
  for (let i = 0; ; i += 1) {
    await store.put(key, Buffer.alloc(Number(count), 'abcdefgh'[i % 8]));
    if (i === 0) process.stdout.write('begun\n');
  }
}
