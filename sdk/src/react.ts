export { type ActOptions, useBookmark, useFollow, useLike } from './react/acts.ts';
export { useCiel, useOptimistic, useSession } from './react/context.ts';
export { hooks } from './react/hooks.ts';
export type { Hooks, InfiniteHooks, MutationHooks, QueryHooks } from './react/hookTypes.ts';
export { useEvents, useNewPosts } from './react/live.ts';
export { CielProvider, type CielProviderProps } from './react/provider.ts';
export { type UploadHook, type UploadState, useUpload } from './react/useUpload.ts';
