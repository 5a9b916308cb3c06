interface Person {
  handle: string;
  email: string;
  displayName: string;
  bio: string;
  password: string;
  isPrivate: boolean;
  /** Whose invite they joined with; an operator's by default. */
  invitedBy?: string | undefined;
  follows: string[];
}

interface Post {
  author: string;
  photo: string;
  caption: string;
  altText: string;
}

interface Story extends Post {
  visibility: 'public' | 'friends' | 'closeFriends';
  highlight?: string;
}

const password = (handle: string) => `demo-${handle}-photographs`;

const person = (
  handle: string,
  displayName: string,
  bio: string,
  follows: string[],
  { isPrivate = false, invitedBy }: { isPrivate?: boolean; invitedBy?: string } = {},
): Person => ({
  handle,
  email: `${handle}@demo.example`,
  displayName,
  bio,
  password: password(handle),
  isPrivate,
  invitedBy,
  follows,
});

export const demoUsers: Person[] = [
  person('alice', 'Alice Arnold', 'Water, mostly falling.', ['bob', 'carol', 'dan']),
  person('bob', 'Bob Baker', 'Black and white and grey.', ['alice', 'carol']),
  person('carol', 'Carol Chen', 'Whatever the weather does.', ['alice', 'bob', 'erin']),
  person('dan', 'Dan Dahl', 'Slow rivers.', ['alice', 'erin']),
  person('erin', 'Erin Eze', 'For friends only.', ['carol'], { isPrivate: true }),
  person('frank', 'Frank Fuchs', 'New here, and looking around.', ['alice', 'dan', 'erin'], {
    invitedBy: 'dan',
  }),
];

export const demoPosts: Post[] = [
  {
    author: 'carol',
    photo: 'mist.jpg',
    caption: 'Steam or sand, who can tell',
    altText: 'Pale brown mist with darker streaks',
  },
  {
    author: 'dan',
    photo: 'river.jpg',
    caption: 'Last light on the river #iceland',
    altText: 'A low sun glitters beside a river seen from above',
  },
  {
    author: 'bob',
    photo: 'still.jpg',
    caption: 'He stood there for an hour, and so did @alice',
    altText: 'A hooded figure on wet ground, black and white',
  },
  {
    author: 'erin',
    photo: 'spray.jpg',
    caption: 'Too close to the water',
    altText: 'White spray in front of a grey sky',
  },
  {
    author: 'alice',
    photo: 'cliff.jpg',
    caption: 'Behind the cliff',
    altText: 'A dark cliff with a waterfall at its edge',
  },
  {
    author: 'carol',
    photo: 'dusk.jpg',
    caption: 'Blue hour',
    altText: 'A blue evening sky above distant hills',
  },
  {
    author: 'bob',
    photo: 'figure.jpg',
    caption: 'Waiting for the rain to stop',
    altText: 'A hooded figure in front of a waterfall',
  },
  { author: 'dan', photo: 'shore.jpg', caption: 'Low water', altText: 'Dark wet gravel' },
  {
    author: 'frank',
    photo: 'dusk.jpg',
    caption: '10,000 followers for 5 coins, link in my profile',
    altText: 'A blue evening sky above distant hills',
  },
  {
    author: 'frank',
    photo: 'mist.jpg',
    caption: 'Mist that I took this morning',
    altText: 'Pale brown mist with darker streaks',
  },
  {
    author: 'alice',
    photo: 'horizon.jpg',
    caption: 'Far away, the glacier #iceland',
    altText: 'Clouds over a plain with hills far away',
  },
  {
    author: 'alice',
    photo: 'waterfall.jpg',
    caption: 'Seljalandsfoss, seven in the morning #waterfall',
    altText: 'A tall waterfall beside a dark cliff',
  },
];

export const demoStories: Story[] = [
  {
    author: 'alice',
    photo: 'cliff.jpg',
    caption: 'On the way up',
    altText: 'A dark cliff with a waterfall at its edge',
    visibility: 'public',
    highlight: 'Iceland',
  },
  {
    author: 'alice',
    photo: 'spray.jpg',
    caption: 'Everything is wet, the lens too',
    altText: 'White spray in front of a grey sky',
    visibility: 'friends',
    highlight: 'Iceland',
  },
  {
    author: 'alice',
    photo: 'dusk.jpg',
    caption: 'Where we sleep tonight',
    altText: 'A blue evening sky above distant hills',
    visibility: 'closeFriends',
  },
  {
    author: 'bob',
    photo: 'still.jpg',
    caption: 'He is still there',
    altText: 'A hooded figure on wet ground, black and white',
    visibility: 'public',
  },
  {
    author: 'carol',
    photo: 'horizon.jpg',
    caption: 'Clearing up',
    altText: 'Clouds over a plain with hills far away',
    visibility: 'friends',
    highlight: 'Weather',
  },
];
