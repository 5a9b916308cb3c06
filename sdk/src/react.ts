export { useCiel, useOptimistic, useSession } from './react/context.ts';
export type { ActOptions } from './react/deprecated.ts';
export { hooks } from './react/hooks.ts';
export type { Hooks, InfiniteHooks, MutationHooks, QueryHooks } from './react/hookTypes.ts';
export { type InteractionOptions, useBookmark, useFollow, useLike } from './react/interactions.ts';
export { useEvents, useNewPosts } from './react/live.ts';
export { CielProvider, type CielProviderProps } from './react/provider.ts';
export { type UploadHook, type UploadState, useUpload } from './react/useUpload.ts';
