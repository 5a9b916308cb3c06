import type { Comment, Post } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { type FormEvent, useRef, useState } from 'react';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';
import { CommentItem } from './commentItem.tsx';
import { Endless } from './endless.tsx';

export function Comments({ post }: { post: Post }) {
  const threads = hooks.engagement.comments.useInfinite({ postId: post.id });
  const [repliedTo, setRepliedTo] = useState<Comment | null>(null);
  return (
    <section id="comments" className="comments" aria-label="Comments" tabIndex={-1}>
      <Write post={post} repliedTo={repliedTo} onDone={() => setRepliedTo(null)} />
      <Endless list={threads} empty={<p>Be the first to say something.</p>}>
        {(items) => (
          <ul>
            {items.map((thread) => (
              <li key={thread.id}>
                <CommentItem comment={thread} post={post} onConfirm={setRepliedTo} />
                {thread.replies.length > 0 && (
                  <ul>
                    {thread.replies.map((reply) => (
                      <li key={reply.id}>
                        <CommentItem comment={reply} post={post} />
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        )}
      </Endless>
    </section>
  );
}

interface WriteProps {
  post: Post;
  repliedTo: Comment | null;
  onDone: () => void;
}

function Write({ post, repliedTo, onDone }: WriteProps) {
  const [body, setBody] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { mutate, isPending, error } = hooks.engagement.comment.useMutation({
    onSuccess() {
      setBody('');
      onDone();
    },
  });
  function send(event: FormEvent) {
    event.preventDefault();
    if (body.trim()) mutate({ postId: post.id, body, ...(repliedTo ? { parentId: repliedTo.id } : {}) });
  }
  if (post.commentPolicy === 'nobody') return <p className="quiet">Comments are turned off.</p>;
  return (
    <form className="write" onSubmit={send}>
      {repliedTo && (
        <p className="quiet">
          Replying to @{repliedTo.author.handle}.{' '}
          <button type="button" className="link" onClick={onDone}>
            Don’t
          </button>
        </p>
      )}
      <div>
        <input
          ref={input}
          key={repliedTo?.id ?? 'new'}
          // biome-ignore lint/a11y/noAutofocus: the user chose to reply, so typing comes next
          autoFocus={repliedTo !== null}
          aria-label={repliedTo ? `Your reply to ${repliedTo.author.handle}` : 'Your comment'}
          placeholder={repliedTo ? 'Your reply' : 'Say something kind'}
          value={body}
          maxLength={1000}
          onChange={({ target }) => setBody(target.value)}
        />
        <Button look="plain" type="submit" isBusy={isPending} disabled={!body.trim()}>
          Send
        </Button>
      </div>
      {error && (
        <p className="note error" role="alert">
          {error.field('body') ?? sayError(error)}
        </p>
      )}
    </form>
  );
}
