import type { Comment, Post } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import { type FormEvent, useRef, useState } from 'react';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';
import { CommentItem } from './commentItem.tsx';
import { Endless } from './endless.tsx';

export function Comments({ post }: { post: Post }) {
  const threads = hooks.engagement.comments.useInfinite({ postId: post.id });
  const [answered, setAnswered] = useState<Comment | null>(null);
  return (
    <section id="comments" className="comments" aria-label="Comments" tabIndex={-1}>
      <Write post={post} answered={answered} onDone={() => setAnswered(null)} />
      <Endless list={threads} empty={<p>Be the first to say something.</p>}>
        {(items) => (
          <ul>
            {items.map((thread) => (
              <li key={thread.id}>
                <CommentItem comment={thread} post={post} onAnswer={setAnswered} />
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
  answered: Comment | null;
  onDone: () => void;
}

function Write({ post, answered, onDone }: WriteProps) {
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
    if (body.trim()) mutate({ postId: post.id, body, ...(answered ? { parentId: answered.id } : {}) });
  }
  if (post.commentPolicy === 'nobody') return <p className="quiet">Comments are turned off.</p>;
  return (
    <form className="write" onSubmit={send}>
      {answered && (
        <p className="quiet">
          Answering @{answered.author.handle}.{' '}
          <button type="button" className="link" onClick={onDone}>
            Don’t
          </button>
        </p>
      )}
      <div>
        <input
          ref={input}
          key={answered?.id ?? 'new'}
          // biome-ignore lint/a11y/noAutofocus: the user chose to reply, so typing comes next
          autoFocus={answered !== null}
          aria-label={answered ? `Your reply to ${answered.author.handle}` : 'Your comment'}
          placeholder={answered ? 'Your reply' : 'Say something kind'}
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
