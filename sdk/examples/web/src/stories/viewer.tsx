import type { Story } from '@ciel/sdk';
import { hooks, useSession } from '@ciel/sdk/react';
import { useEffect, useState } from 'react';
import { Ago } from '../parts/ago.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { IconButton } from '../parts/button.tsx';
import { Photo } from '../parts/photo.tsx';
import { Link } from '../router.tsx';
import { OwnStory } from './ownStory.tsx';
import { Reactions } from './reactions.tsx';
import { StoryMenu } from './storyMenu.tsx';
import { useClock } from './useClock.ts';

interface ViewerProps {
  stories: Story[];
  /** Name of the highlight that contains them. */
  name?: string;
  onBefore?: (() => void) | undefined;
  onAfter: () => void;
  onClose: () => void;
}

const AUDIENCES = { public: null, friends: 'friends', closeFriends: 'close friends' } as const;

/** Shows stories one after another in the whole window; arrow keys switch, Space pauses, Escape closes. */
export function Viewer({ stories, name, onBefore, onAfter, onClose }: ViewerProps) {
  // Starts at the first unseen story; the order stays while stories are being seen.
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      stories.findIndex(({ seenByViewer }) => seenByViewer === false),
    ),
  );
  const story = stories[Math.min(at, stories.length - 1)]!;
  const { userId } = useSession();
  const isOwn = story.author.id === userId;
  const forward = () => (at < stories.length - 1 ? setAt(at + 1) : onAfter());
  const backward = () => (at > 0 ? setAt(at - 1) : onBefore?.());
  const clock = useClock(story.id, forward);
  const { mutate: see } = hooks.stories.seen.useMutation();
  const isSeen = isOwn || story.seenByViewer !== false;

  useEffect(() => {
    if (!isSeen) see({ storyId: story.id });
  }, [story.id, isSeen, see]);

  // Its reason takes longer to read than a photograph is shown.
  const { hold } = clock;
  useEffect(() => {
    if (story.status === 'failed') hold();
  }, [story.status, hold]);

  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (document.querySelector('dialog[open]')) return;
      if (event.key === 'ArrowRight') forward();
      else if (event.key === 'ArrowLeft') backward();
      else if (event.key === 'Escape') onClose();
      else if (event.key === ' ' && event.target === document.body) clock.toggle();
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });

  const { author, media, caption, createdAt, visibility } = story;
  const audience = AUDIENCES[visibility];
  return (
    <main id="main" className="viewer" tabIndex={-1}>
      <title>{`${name ?? author.displayName} · Ciel`}</title>
      <h1 className="unseen">{name ?? `Stories of ${author.displayName}`}</h1>
      <div className="stage">
        <Photo key={story.id} media={media} sizes="(min-width: 700px) 480px, 100vw" isEager />
        <div className="bars" aria-hidden="true">
          {stories.map(({ id }, index) => (
            <span key={id}>
              <span style={{ transform: `scaleX(${index < at ? 1 : index > at ? 0 : clock.part})` }} />
            </span>
          ))}
        </div>
        <header>
          <Link to={`/@/${author.handle}`} className="author">
            <Avatar of={author} size={36} />
            <span className="names">
              <strong>{name ?? author.handle}</strong>
              <span>
                <Ago at={createdAt} />
                {audience && ` · ${audience}`}
              </span>
            </span>
          </Link>
          <IconButton
            icon={clock.isHeld ? 'play' : 'pause'}
            label={clock.isHeld ? 'Resume' : 'Pause'}
            onClick={clock.toggle}
          />
          <StoryMenu story={story} isOwn={isOwn} onOpen={clock.hold} onGone={forward} />
          <IconButton icon="close" label="Close" onClick={onClose} />
        </header>
        <IconButton
          icon="back"
          label="Previous story"
          className="turn left"
          disabled={at === 0 && !onBefore}
          onClick={backward}
        />
        <IconButton icon="forward" label="Next story" className="turn right" onClick={forward} />
        <footer>
          <p aria-live="polite">
            <span className="unseen">
              {`${at + 1} of ${stories.length}. ${media.altText || 'A photograph without a description'}. `}
            </span>
            {caption}
          </p>
          {isOwn ? (
            <OwnStory story={story} onOpen={clock.hold} />
          ) : (
            <Reactions key={story.id} story={story} />
          )}
        </footer>
      </div>
    </main>
  );
}
