import { digestOf } from '../spec/canonical.ts';
import type { CategoryTarget, Target } from '../spec/target.ts';

/** By the categories: actors of one distribution share them, and their prompts are what makes a target large. */
const categoryDigests = new WeakMap<readonly CategoryTarget[], string>();

/** A digest of the desired state that a plan rests on. */
export function targetDigest(target: Target): string {
  const { categories } = target;
  const digest = categoryDigests.get(categories) ?? digestOf(categories);
  categoryDigests.set(categories, digest);
  return digestOf({ ...target, categories: digest });
}
