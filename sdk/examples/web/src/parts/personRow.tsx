import type { UserCard } from '@ciel/sdk';
import type { ReactNode } from 'react';
import { Link } from '../router.tsx';
import { Avatar } from './avatar.tsx';

interface PersonRowProps {
  person: UserCard;
  note?: string;
  /** Controls for the user. */
  children?: ReactNode;
}

export function PersonRow({ person, note, children }: PersonRowProps) {
  return (
    <li className="person">
      <Link to={`/@/${person.handle}`}>
        <Avatar of={person} size={44} />
        <span className="names">
          <strong>{person.displayName}</strong>
          <span>{note ?? `@${person.handle}`}</span>
        </span>
      </Link>
      {children}
    </li>
  );
}
