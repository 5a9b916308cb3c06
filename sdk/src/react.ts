export { CielAvatar, type CielAvatarProps } from './react/cielAvatar.ts';
export { CielImage, type CielImageProps, type ImageTexts } from './react/cielImage.ts';
export { useCiel, useOptimistic, useSession } from './react/context.ts';
export type { ActOptions } from './react/deprecated.ts';
export { hooks } from './react/hooks.ts';
export type { Hooks, InfiniteHooks, MutationHooks, QueryHooks } from './react/hookTypes.ts';
export { type InteractionOptions, useBookmark, useFollow, useLike } from './react/interactions.ts';
export { useEvents, useNewPosts } from './react/live.ts';
export { CielProvider, type CielProviderProps } from './react/provider.ts';
export {
  type ImageBinding,
  type ImageOptions,
  type ImageState,
  type ImageStatus,
  type ShownPhoto,
  useImage,
} from './react/useImage.ts';
export { type UploadHook, type UploadState, useUpload } from './react/useUpload.ts';
