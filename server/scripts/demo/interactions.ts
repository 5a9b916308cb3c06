interface DemoPost {
  author: string;
  caption: string;
}

const seljalandsfoss: DemoPost = {
  author: 'alice',
  caption: 'Seljalandsfoss, seven in the morning #waterfall',
};
const glacier: DemoPost = { author: 'alice', caption: 'Far away, the glacier #iceland' };
const waiting: DemoPost = { author: 'bob', caption: 'Waiting for the rain to stop' };
const river: DemoPost = { author: 'dan', caption: 'Last light on the river #iceland' };
const spam: DemoPost = { author: 'frank', caption: '10,000 followers for 5 coins, link in my profile' };
const copied: DemoPost = { author: 'frank', caption: 'Mist that I took this morning' };

interface Circle {
  owner: string;
  accepts?: string[];
  closeFriends?: string[];
  mutes?: string[];
}

/** Dan and Frank have asked to follow Erin. */
export const circles: Circle[] = [
  { owner: 'alice', closeFriends: ['bob'] },
  { owner: 'carol', closeFriends: ['alice', 'erin'], mutes: ['frank'] },
  { owner: 'erin', accepts: ['carol'] },
];

export const likes: (DemoPost & { by: string[] })[] = [
  { ...seljalandsfoss, by: ['bob', 'carol', 'dan', 'frank'] },
  { ...glacier, by: ['bob', 'carol'] },
  { ...waiting, by: ['alice', 'carol'] },
  { ...river, by: ['alice', 'frank'] },
];

interface DemoComment extends DemoPost {
  by: string;
  body: string;
  /** The body of the comment that it replies to. */
  replyTo?: string;
  likedBy?: string[];
}

const QUESTION = 'How long did you wait for that light?';

export const comments: DemoComment[] = [
  { ...seljalandsfoss, by: 'bob', body: QUESTION, likedBy: ['alice', 'carol'] },
  {
    ...seljalandsfoss,
    by: 'alice',
    body: 'Since four. @carol brought the coffee.',
    replyTo: QUESTION,
    likedBy: ['bob'],
  },
  { ...seljalandsfoss, by: 'carol', body: 'And drank most of it', replyTo: QUESTION },
  { ...seljalandsfoss, by: 'frank', body: 'Wow' },
  { ...waiting, by: 'alice', body: 'It did not stop', likedBy: ['bob'] },
  { ...river, by: 'frank', body: 'Thanks for the invite!' },
];

export const bookmarks: (DemoPost & { by: string })[] = [
  { ...waiting, by: 'alice' },
  { ...river, by: 'alice' },
  { ...seljalandsfoss, by: 'bob' },
];

export const storyViews: (DemoPost & { by: string; emoji?: string })[] = [
  { author: 'alice', caption: 'On the way up', by: 'dan', emoji: '👏' },
  { author: 'alice', caption: 'On the way up', by: 'bob', emoji: '❤️' },
  { author: 'alice', caption: 'On the way up', by: 'carol', emoji: '❤️' },
  { author: 'alice', caption: 'Everything is wet, the lens too', by: 'carol', emoji: '😂' },
  { author: 'alice', caption: 'Where we sleep tonight', by: 'bob' },
  { author: 'carol', caption: 'Clearing up', by: 'erin', emoji: '🌤️' },
];

interface DemoReport extends DemoPost {
  by: string;
  category: 'spam' | 'impersonation';
  reason: string;
}

export const reports: DemoReport[] = [
  { ...spam, by: 'alice', category: 'spam', reason: 'He sells followers' },
  { ...spam, by: 'dan', category: 'spam', reason: 'I would not have invited him for this' },
  { ...copied, by: 'carol', category: 'impersonation', reason: 'That is my photograph' },
];

/** Two posts are reported: one case is resolved, the other stays open for whoever tries the cases. */
export const takedown = {
  of: spam,
  operator: 'zoe',
  rule: 'No spam',
  reason: 'Followers are not for sale here',
};
