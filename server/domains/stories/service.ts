export { eraseStoriesOf, removeStoryActsOf } from './erasure.ts';
