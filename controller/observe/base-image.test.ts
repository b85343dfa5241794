import { expect, it } from 'vitest';
import { CallsheetError } from '../diagnostics/errors.ts';
import { problemOfBase } from './base-image.ts';
import type { Observing } from './observing.ts';

const observing = {
  layout: {
    root: '/lib',
    actors: { at: (id: string) => ({ kind: 'file', path: `/lib/actors/${id}.json` }) },
  },
  limits: { maxImageBytes: 1000 },
  stores: {
    at: async () => ({
      key: 'k',
      store: {
        head: async () => {
          throw new CallsheetError('not-found', 'gone');
        },
      },
    }),
  },
} as unknown as Observing;

it.each([
  'https://pictures.s3.eu-west-1.amazonaws.com/0042.png?X-Amz-Credential=AKIA&X-Amz-Signature=5ec2e7',
  'https://studio:5ec2e7@pictures.example/0042.png?token=5ec2e7',
])('says what is wrong with a base image without what makes its URL a key: %s', async (baseImage) => {
  const actor = { id: '0042', type: 'film', labels: {}, baseImage };
  const problem = await problemOfBase(observing, actor as never);

  expect(problem?.message).toContain('0042.png');
  expect(JSON.stringify(problem)).not.toMatch(/5ec2e7|AKIA/);
});
