import type { Profile, UserCard } from '@ciel/sdk';
import { useFollow, useSession } from '@ciel/sdk/react';
import { sayError } from '../words.ts';
import { Button } from './button.tsx';
import { toast } from './toasts.tsx';

const LABELS = { none: 'Follow', requested: 'Requested', following: 'Following' } as const;

interface FollowButtonProps {
  person: UserCard | Profile;
  assume?: keyof typeof LABELS;
  isSmall?: boolean;
}

export function FollowButton({ person, assume, isSmall = false }: FollowButtonProps) {
  const { userId } = useSession();
  const { state, toggle } = useFollow(person, {
    ...(assume ? { assume } : {}),
    onError: (error) => toast(sayError(error)),
  });
  if (person.id === userId) return null;
  return (
    <Button
      look={state === 'none' ? 'strong' : 'quiet'}
      className={isSmall ? 'small' : ''}
      aria-label={`${LABELS[state]} ${person.handle}`}
      onClick={toggle}
    >
      {LABELS[state]}
    </Button>
  );
}
