// Generated from schemas/ by scripts/generate-validators.ts. Do not edit.
import type { ValidateFunction } from 'ajv';

export declare const isPlan: ValidateFunction;
