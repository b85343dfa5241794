import { createRequire } from 'node:module';
import type { default as Sharp } from 'sharp';

let loaded: typeof Sharp | undefined;

/**
 * The one place that configures libvips, for the whole process: only loaders of the formats that we accept, no cache (pictures are
 * read once), one thread per picture (the caller decides how many pictures are in work). Whoever uses sharp imports it from here.
 *
 * The library itself is loaded with the first picture: most commands look at none, and it takes longer to load than they take.
 */
export const sharp: typeof Sharp = new Proxy(function sharp() {} as unknown as typeof Sharp, {
  apply: (_target, _self, args: Parameters<typeof Sharp>) => load()(...args),
  get: (_target, name) => Reflect.get(load(), name),
});

function load(): typeof Sharp {
  loaded ??= configured(createRequire(import.meta.url)('sharp') as typeof Sharp);
  return loaded;
}

function configured(library: typeof Sharp): typeof Sharp {
  library.cache(false);
  library.concurrency(1);
  library.block({ operation: ['VipsForeignLoad'] });
  library.unblock({
    operation: [
      'VipsForeignLoadJpeg',
      'VipsForeignLoadPng',
      'VipsForeignLoadWebp',
      'VipsForeignLoadNsgif',
      'VipsForeignLoadHeif',
      'VipsForeignLoadTiff',
    ],
  });
  return library;
}
