import type { Post } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { useState } from 'react';
import { countOf } from '../words.ts';
import { Dialog } from './dialog.tsx';
import { Endless } from './endless.tsx';
import { FollowButton } from './followButton.tsx';
import { PersonRow } from './personRow.tsx';

/** The like count of a post; opens the list of users. */
export function Likers({ post: { id, likeCount } }: { post: Post }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {likeCount > 0 && (
        <button type="button" className="likers" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {countOf(likeCount, 'like')}
        </button>
      )}
      {isOpen && <LikersDialog postId={id} onClose={() => setOpen(false)} />}
    </>
  );
}

function LikersDialog({ postId, onClose }: { postId: string; onClose: () => void }) {
  const likes = hooks.engagement.likes.useInfinite({ postId });
  return (
    <Dialog title="Likes" onClose={onClose}>
      <Endless list={likes} empty={<p>Nobody yet.</p>}>
        {(items) => (
          <ul className="people">
            {items.map(({ user }) => (
              <PersonRow key={user.id} person={user}>
                <FollowButton person={user} isSmall />
              </PersonRow>
            ))}
          </ul>
        )}
      </Endless>
    </Dialog>
  );
}
