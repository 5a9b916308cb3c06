import { afterAll, afterEach, expect } from 'vitest';
import { takeMisordered } from './lockOrder.ts';
import { takeUndocumented } from './undocumented.ts';

// Of the answers between the tests too, those of the hooks.
const nothingUndocumented = () => expect(takeUndocumented()).toEqual([]);
afterEach(nothingUndocumented);
afterAll(nothingUndocumented);

const locksInOrder = () => expect(takeMisordered(), 'locks out of order: see docs/locks.md').toEqual([]);
afterEach(locksInOrder);
afterAll(locksInOrder);
