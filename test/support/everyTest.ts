import fc from 'fast-check';
import { afterAll, afterEach, expect } from 'vitest';
import { takeMisordered } from './lockOrder.ts';
import { SEED } from './random.ts';
import { takeUndocumented } from './undocumented.ts';

fc.configureGlobal({ seed: 20_261_130 + SEED });

// Includes responses between the tests, in the hooks.
const nothingUndocumented = () => expect(takeUndocumented()).toEqual([]);
afterEach(nothingUndocumented);
afterAll(nothingUndocumented);

const locksInOrder = () => expect(takeMisordered(), 'locks out of order: see docs/locks.md').toEqual([]);
afterEach(locksInOrder);
afterAll(locksInOrder);
