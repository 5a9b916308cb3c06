import { hooks } from '@ciel/sdk/react';
import { useEffect, useState } from 'react';
import { FollowButton } from '../parts/followButton.tsx';
import { Wall } from '../parts/grid.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { NotRead } from '../parts/notRead.tsx';
import { PersonRow } from '../parts/personRow.tsx';
import { Suggestions } from '../parts/suggestions.tsx';
import { Link, usePlace } from '../router.tsx';
import { countOf } from '../words.ts';

const SHORTEST = 2;
const PAUSE_MS = 250;

export function SearchPage() {
  const { query, go } = usePlace();
  const [text, setText] = useState(query.get('q') ?? '');
  const q = text.trim();

  // The URL follows the input, so that Back returns to the results.
  useEffect(() => {
    const timer = setTimeout(() => {
      if (q !== (query.get('q') ?? ''))
        go(q ? `/search?q=${encodeURIComponent(q)}` : '/search', { replace: true });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [q, query, go]);

  const asked = query.get('q') ?? '';
  return (
    <>
      <Heading title="Search" />
      <search className="search">
        <Icon name="search" />
        <input
          type="search"
          aria-label="People, words, tags"
          placeholder="People, words, tags"
          value={text}
          onChange={({ target }) => setText(target.value)}
          // biome-ignore lint/a11y/noAutofocus: searching is the only purpose of the page
          autoFocus
        />
      </search>
      {asked.length >= SHORTEST ? (
        <Found q={asked} />
      ) : (
        <>
          <p className="empty">Type at least two letters.</p>
          <Suggestions />
        </>
      )}
    </>
  );
}

function Found({ q }: { q: string }) {
  const people = hooks.search.users.useQuery({ q, limit: 8 });
  const tags = hooks.search.hashtags.useQuery({ q: q.replace(/^#/, ''), limit: 8 });
  const posts = hooks.search.posts.useQuery({ q, limit: 24 });
  const failed = [people, posts].find(({ error }) => error);
  const refused = failed?.error?.field('q');
  if (refused) return <p className="empty">{refused}</p>;
  if (failed) return <NotRead of={failed} />;
  const isNothing =
    people.data && tags.data && posts.data && [people, tags, posts].every(({ data }) => !data?.items.length);
  if (isNothing) return <p className="empty">No results.</p>;
  return (
    <div className="found" aria-live="polite">
      {people.data && people.data.items.length > 0 && (
        <section>
          <h2>People</h2>
          <ul className="people">
            {people.data.items.map((person) => (
              <PersonRow key={person.id} person={person}>
                <FollowButton person={person} isSmall />
              </PersonRow>
            ))}
          </ul>
        </section>
      )}
      {tags.data && tags.data.items.length > 0 && (
        <section>
          <h2>Tags</h2>
          <ul className="tags">
            {tags.data.items.map(({ tag, recentPostCount }) => (
              <li key={tag}>
                <Link to={`/tags/${encodeURIComponent(tag)}`}>
                  #{tag} <span>{countOf(recentPostCount, 'post')}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {posts.data && posts.data.items.length > 0 && (
        <section>
          <h2>Photographs</h2>
          <Wall posts={posts.data.items} />
        </section>
      )}
    </div>
  );
}
