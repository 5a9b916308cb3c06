import { hooks } from '@ciel/sdk/react';
import { Photo } from '../parts/photo.tsx';
import { Link } from '../router.tsx';
import { countOf } from '../words.ts';

export function Highlights({ userId }: { userId: string }) {
  const { data } = hooks.highlights.byUser.useQuery({ userId, limit: 50 });
  if (!data?.items.length) return null;
  return (
    <section className="tray highlights" aria-label="Highlights">
      <ul>
        {data.items.map(({ id, name, cover, storyCount }) => (
          <li key={id}>
            <Link
              to={`/highlights/${id}`}
              className="face"
              aria-label={`${name}, ${countOf(storyCount, 'story', 'stories')}`}
            >
              <span className="ring">
                <Photo media={cover} sizes="64px" className="round" />
              </span>
              <span className="name">{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
