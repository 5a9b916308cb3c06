import { Link } from '../router.tsx';

const LINKED = /([#@][\p{L}\p{N}_]+)/u;

/** Text with links for its hashtags and handles. */
export function RichText({ text }: { text: string }) {
  return text.split(LINKED).map((part, at) => {
    const key = at;
    if (!LINKED.test(part)) return part;
    const name = encodeURIComponent(part.slice(1));
    return (
      <Link key={key} to={part.startsWith('#') ? `/tags/${name.toLowerCase()}` : `/@/${name}`}>
        {part}
      </Link>
    );
  });
}
