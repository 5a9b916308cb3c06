import { useSession } from '@ciel/sdk/react';
import type { ReactNode } from 'react';
import { OperatorPage } from './operator/operatorPage.tsx';
import { ActivityPage } from './pages/activity.tsx';
import { EditPage } from './pages/edit.tsx';
import { ExplorePage } from './pages/explore.tsx';
import { HomePage } from './pages/home.tsx';
import { NewPage } from './pages/new.tsx';
import { NothingHere } from './pages/nothingHere.tsx';
import { PeoplePage } from './pages/people.tsx';
import { PostPage } from './pages/post.tsx';
import { ProfilePage } from './pages/profile.tsx';
import { SavedPage } from './pages/saved.tsx';
import { SearchPage } from './pages/search.tsx';
import { SettingsPage } from './pages/settings.tsx';
import { SignInPage } from './pages/signIn.tsx';
import { SignUpPage } from './pages/signUp.tsx';
import { TagPage } from './pages/tag.tsx';
import { Shell } from './parts/shell.tsx';
import { match, usePlace } from './router.tsx';
import { HighlightPage } from './stories/highlightPage.tsx';
import { StoriesPage } from './stories/storiesPage.tsx';

type Params = Record<string, string>;

const PAGES: [pattern: string, page: (params: Params) => ReactNode][] = [
  ['/', () => <HomePage />],
  ['/explore', () => <ExplorePage />],
  ['/search', () => <SearchPage />],
  ['/new', () => <NewPage />],
  ['/activity', () => <ActivityPage />],
  ['/saved', () => <SavedPage />],
  ['/settings', () => <SettingsPage />],
  ['/p/:postId', ({ postId }) => <PostPage key={postId} postId={postId!} />],
  ['/edit/:postId', ({ postId }) => <EditPage key={postId} postId={postId!} />],
  ['/tags/:tag', ({ tag }) => <TagPage key={tag} tag={tag!} />],
  ['/@/:handle', ({ handle }) => <ProfilePage key={handle} handle={handle!} />],
  ['/@/:handle/followers', ({ handle }) => <PeoplePage handle={handle!} list="followers" />],
  ['/@/:handle/following', ({ handle }) => <PeoplePage handle={handle!} list="following" />],
];

/** Pages that fill the whole window. */
const WHOLE: typeof PAGES = [
  ['/stories/:userId', ({ userId }) => <StoriesPage userId={userId!} />],
  ['/highlights/:highlightId', ({ highlightId }) => <HighlightPage highlightId={highlightId!} />],
];

export function App() {
  const { path } = usePlace();
  const { status } = useSession();
  if (path === '/operator') return <OperatorPage />;
  if (status === 'loading') return null;
  if (status === 'signedOut') return path === '/sign-up' ? <SignUpPage /> : <SignInPage />;
  return find(WHOLE, path) ?? <Shell>{find(PAGES, path) ?? <NothingHere />}</Shell>;
}

function find(pages: typeof PAGES, path: string): ReactNode | null {
  for (const [pattern, page] of pages) {
    const params = match(pattern, path);
    if (params) return page(params);
  }
  return null;
}
