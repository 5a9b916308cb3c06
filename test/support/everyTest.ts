import { afterAll, afterEach, expect } from 'vitest';
import { takeUndocumented } from './undocumented.ts';

// Of the answers between the tests too, those of the hooks.
const nothingUndocumented = () => expect(takeUndocumented()).toEqual([]);
afterEach(nothingUndocumented);
afterAll(nothingUndocumented);
