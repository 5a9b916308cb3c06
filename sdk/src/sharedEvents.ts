import type { Stream, Told } from './events.ts';
import { platform, type Signal, sleep, uuid } from './platform.ts';

/** What the tab that has the stream tells the others. */
interface Word extends Told {
  /** Whose word it is; another for each time that a tab leads. */
  by: string;
  /** Counts its words. */
  n: number;
  /** It only says where the stream stands, with the latest count, for those who have just come. */
  isWelcome?: boolean;
}

const WHO = 'who leads?';
/** What the one who led before has said is still on its way. */
const SETTLING_MS = 50;
/** The server gives a sign every 15 seconds. A tab that is suspended keeps its lock, and says nothing. */
const SILENCE_MS = 60_000;

/**
 * The messages of one stream for all tabs that name it the same: the one that holds the lock reads it, the others hear of it, and
 * when it is gone the next goes on where it was. Null where the platform has no locks or no channel.
 */
export function sharedEvents(
  name: string,
  stream: Stream,
  signal?: Signal,
  silenceMs = SILENCE_MS,
): AsyncGenerator<Told, void, undefined> | null {
  const { BroadcastChannel, navigator } = platform;
  const locks = navigator?.locks;
  if (!locks || !BroadcastChannel) return null;

  return (async function* shared() {
    const channel = new BroadcastChannel(name);
    const inbox: Told[] = [];
    let wake = () => {};
    let failure: unknown;
    let hasLeft = false;
    /** Who was heard last, and which of their words. */
    let at = { by: '', n: 0 };
    let last: string | undefined;
    let unread: Told | undefined;
    let isLeading = false;
    let isSilent = false;
    let turn = new platform.AbortController();
    let timer: unknown;

    function take(told: Told): void {
      if (told.id) last = told.id;
      if (told.sent.type === 'unreadCount') unread = told;
      inbox.push(told);
      wake();
    }

    const say = (word: Omit<Word, 'by' | 'n'>) => channel.postMessage({ ...at, ...word });
    const welcome = () => say({ id: last ?? '', sent: unread?.sent ?? { type: 'alive' }, isWelcome: true });

    channel.onmessage = ({ data }: { data: typeof WHO | Word }) => {
      if (data === WHO) {
        if (isLeading) welcome();
        return;
      }
      // A suspended tab that was led past has its turn ended a moment later.
      if (isLeading) return;
      listen();
      const { by, n, id, sent, isWelcome } = data;
      const isNext = by === at.by && n === at.n + 1;
      if (by === at.by ? n <= at.n : !at.by && !isWelcome) return;
      const isMissed = at.by && !isNext && !(isWelcome && id === (last ?? ''));
      const isNews = !isWelcome || !at.by;
      at = { by, n };
      if (isMissed) take({ id, sent: { type: 'gap' } });
      if (isNews || isMissed) take({ id, sent });
    };

    function listen(): void {
      platform.clearTimeout(timer);
      timer = platform.setTimeout(
        () => {
          isSilent = true;
          turn.abort();
        },
        silenceMs * (1 + Math.random() / 2),
      );
    }

    async function read(): Promise<void> {
      const { signal } = turn;
      platform.clearTimeout(timer);
      if (at.by) await sleep(SETTLING_MS);
      if (signal.aborted) return;
      isLeading = true;
      at = { by: uuid(), n: 0 };
      welcome();
      for await (const told of stream(signal, last)) {
        at.n += 1;
        say(told);
        take(told);
      }
    }

    /** Leads when it is its turn, until it leaves or the stream is over for good. */
    async function queue(): Promise<void> {
      while (!hasLeft) {
        turn = new platform.AbortController();
        listen();
        const how = isSilent ? { steal: true } : { signal: turn.signal };
        isSilent = false;
        let isOver = false;
        const lead = () =>
          read().catch((error: unknown) => {
            isOver = true;
            failure = error;
          });
        await locks!.request(name, how, lead).catch((error: Error) => {
          // It left, was led past, or leads past another. Pages that may have no locks read by themselves.
          if (error.name !== 'AbortError') return lead();
        });
        turn.abort();
        isLeading = false;
        if (isOver) break;
      }
      wake();
    }

    const stop = () => {
      hasLeft = true;
      platform.clearTimeout(timer);
      turn.abort();
      wake();
    };
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    try {
      channel.postMessage(WHO);
      void queue();
      for (;;) {
        while (inbox.length) yield inbox.shift()!;
        if (hasLeft) return;
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop();
      signal?.removeEventListener('abort', stop);
      channel.close();
    }
  })();
}
