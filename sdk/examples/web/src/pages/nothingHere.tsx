import { Heading } from '../parts/heading.tsx';
import { Link } from '../router.tsx';

export function NothingHere({ title = 'Nothing here' }: { title?: string }) {
  return (
    <>
      <Heading title={title} />
      <div className="empty">
        <p>
          It may have been removed, or you cannot see it. <Link to="/">Home</Link>
        </p>
      </div>
    </>
  );
}
