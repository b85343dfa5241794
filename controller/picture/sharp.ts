/**
 * The one place that configures libvips, for the whole process: only loaders of the formats that we accept, no cache (pictures are
 * read once), one thread per picture (the caller decides how many pictures are in work). Whoever uses sharp imports it from here.
 */
import sharp from 'sharp';

sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
    'VipsForeignLoadTiff',
  ],
});

export { sharp };
