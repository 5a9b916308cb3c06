import { useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { createElement as h, Suspense, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createCiel, type Post, type Profile, webStore } from '../../../sdk/src/index.ts';
import {
  CielProvider,
  hooks,
  useBookmark,
  useCiel,
  useFollow,
  useLike,
  useNewPosts,
  useSession,
  useUpload,
} from '../../../sdk/src/react.ts';

interface Scope {
  /** Each state of the upload. */
  shown: string[];
  ciel: unknown;
  document: { getElementById(id: string): never };
  location: { search: string };
}
const scope = globalThis as unknown as Scope;
scope.shown = [];
const options = new URLSearchParams(scope.location.search);

function PostCard({ post, place }: { post: Post; place: string }) {
  const like = useLike(post);
  const bookmark = useBookmark(post);
  const id = `${place}-${post.caption}`;
  return h(
    'li',
    { id },
    post.caption,
    h(
      'button',
      { type: 'button', className: 'like', onClick: like.toggle },
      `${like.liked ? 'liked' : 'like'} ${like.likeCount}`,
    ),
    h(
      'button',
      { type: 'button', className: 'keep', onClick: bookmark.toggle },
      bookmark.bookmarked ? 'kept' : 'keep',
    ),
    h('output', {}, like.error?.code ?? ''),
  );
}

function Feed() {
  const feed = hooks.feed.home.useInfinite({ limit: 2 });
  const { count, show } = useNewPosts();
  return h(
    'section',
    {},
    count > 0 && h('button', { type: 'button', id: 'new', onClick: show }, `${count} new`),
    h(
      'ul',
      { id: 'feed' },
      feed.data?.items.map((post) => h(PostCard, { key: post.id, post, place: 'feed' })),
    ),
    feed.hasNextPage &&
      h('button', { type: 'button', id: 'more', onClick: () => void feed.fetchNextPage() }, 'More'),
  );
}

function Ahead() {
  const client = useQueryClient();
  const ciel = useCiel();
  const ahead = hooks.users.byHandle.options(ciel, { handle: options.get('author')! });
  useSuspenseInfiniteQuery(hooks.feed.home.infiniteOptions(ciel, { limit: 2 })).data.items satisfies Post[];
  const read = async () =>
    ((await client.fetchQuery({ ...ahead, staleTime: 60_000 })) satisfies Profile).handle;
  const [handle, setHandle] = useState('');
  return h('button', { type: 'button', id: 'ahead', onClick: () => void read().then(setHandle) }, handle);
}

function Author({ handle }: { handle: string }) {
  const { data: profile } = hooks.users.byHandle.useQuery({ handle });
  return profile ? h(ProfilePage, { profile }) : null;
}

function ProfilePage({ profile }: { profile: Profile }) {
  const follow = useFollow(profile);
  const card = useFollow({ id: profile.id, isPrivate: profile.isPrivate });
  const posts = hooks.posts.byUser.useInfinite({ userId: profile.id });
  return h(
    'section',
    {},
    h(
      'button',
      { type: 'button', id: 'follow', onClick: follow.toggle },
      `${follow.state} ${profile.followerCount}`,
    ),
    h('output', { id: 'card' }, card.state),
    h(
      'ul',
      {},
      posts.data?.items.map((post) => h(PostCard, { key: post.id, post, place: 'profile' })),
    ),
  );
}

function Writer() {
  const [body, setBody] = useState('');
  const edit = hooks.users.updateMe.useMutation({ onSuccess: (me) => setBody(me.bio) });
  return h(
    'button',
    { type: 'button', id: 'bio', onClick: () => edit.mutate({ bio: 'Light' }) },
    body || 'no bio',
  );
}

function Uploader() {
  const { upload, abort, retry, reset, status, progress, mediaId, error } = useUpload();
  const [answer, setAnswer] = useState<string | null>('');
  const choose = ({ target }: { target: unknown }) => {
    const [file] = (target as { files: Blob[] }).files;
    void upload(file!, {
      altText: 'A river',
      wait: new URLSearchParams(scope.location.search).has('wait'),
    }).then(setAnswer);
  };
  const shown = `${status} ${progress} ${error?.code ?? ''}`.trim();
  scope.shown.push(shown);
  return h(
    'section',
    {},
    h('input', { type: 'file', id: 'photo', onChange: choose }),
    h('button', { type: 'button', id: 'abort', onClick: abort }, 'Abort'),
    h('button', { type: 'button', id: 'retry', onClick: () => void retry().then(setAnswer) }, 'Retry'),
    h('button', { type: 'button', id: 'reset', onClick: reset }, 'Another'),
    h('output', { id: 'upload' }, shown),
    h('output', { id: 'media' }, mediaId),
    h('output', { id: 'answer' }, String(answer)),
  );
}

function Unread() {
  const { data } = hooks.notifications.unreadCount.useQuery();
  const { data: list } = hooks.notifications.list.useQuery();
  return h('p', { id: 'unread' }, `${data?.unreadCount ?? '?'} unread, ${list?.items.length ?? '?'} notices`);
}

function App() {
  const { status } = useSession();
  if (status !== 'signedIn') return h('p', { id: 'status' }, status);
  return h(
    'main',
    {},
    h(Unread),
    h(Feed),
    h(Author, { handle: options.get('author')! }),
    h(Writer),
    h(Uploader),
    h(Suspense, {}, h(Ahead)),
  );
}

const ciel = createCiel({ url: options.get('server')!, store: webStore() });
scope.ciel = ciel;
createRoot(scope.document.getElementById('root')).render(h(CielProvider, { ciel }, h(App)));
