/** `SMOKE=1 npm run bench` shows that the benchmarks work, in seconds and on few data; its figures say nothing. */
export const isSmoke = process.env.SMOKE === '1';

export const sized = (real: number, smoke: number): number => (isSmoke ? smoke : real);
