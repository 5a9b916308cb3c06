import { appRouter } from './router.ts';

/** Never called: its declaration is the type of the router, written out in full for the SDK. */
export const clientRouter = () => appRouter(null as never);

export type AppRouter = ReturnType<typeof clientRouter>;
