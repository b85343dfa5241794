import { expect, it } from 'vitest';
import { failureReason } from './failure-reason.ts';

it.each([
  'The input or output was flagged as sensitive. Please try again with different inputs. (E005)',
  'NSFW content detected. Try running it again, or try a different prompt.',
  'Request Moderated',
  'Error generating image: Content Moderated',
  'Your request was rejected by the safety system.',
  'The prompt violates our usage policies.',
  { code: 'moderation', detail: 'Output blocked by moderation' },
])('takes %j for a refusal', (error) => {
  expect(failureReason(error)).toBe('refused');
});

it.each([
  'Insufficient credit to run this model',
  'You have reached your monthly spend limit.',
  { title: 'Payment Required' },
])('takes %j for want of credit', (error) => {
  expect(failureReason(error)).toBe('out-of-credit');
});

it.each([
  'CUDA out of memory',
  'Prediction interrupted; please retry (code: PA)',
  'safety_tolerance must be less than or equal to 2',
  'assertion violated: width % 16 == 0',
  'Director: unexpected error handling prediction (E1000)',
  '',
  null,
  undefined,
])('sees nothing in %j that would not pass', (error) => {
  expect(failureReason(error)).toBe('other');
});
