import type { Stream, StreamMessage } from './events.ts';
import { platform, type Signal, sleep, uuid } from './platform.ts';

/** What the tab that reads the stream sends to the others. Tabs of several versions may be open: field names must stay. */
interface Relayed extends StreamMessage {
  /** Identifies the leader; a new id each time a tab takes the lead. */
  by: string;
  /** Sequence number of the leader's messages. */
  n: number;
  /** Only tells tabs that have just opened the position of the stream, with the latest unread count. */
  isWelcome?: boolean;
}

const WHO = 'who leads?';
/** Time for the previous leader's last messages to arrive. */
const SETTLING_MS = 50;
/** The server sends something every 15 seconds. A suspended tab keeps its lock but relays nothing. */
const SILENCE_MS = 60_000;

/**
 * One stream for all tabs that use the same name: the tab that holds the lock reads it and relays every message to the others; when
 * it closes, the next one resumes where it stopped. Null where the platform has no Web Locks or no BroadcastChannel.
 */
export function sharedEvents(
  name: string,
  stream: Stream,
  signal?: Signal,
  silenceMs = SILENCE_MS,
): AsyncGenerator<StreamMessage, void, undefined> | null {
  const { BroadcastChannel, navigator } = platform;
  const locks = navigator?.locks;
  if (!locks || !BroadcastChannel) return null;

  return (async function* shared() {
    const channel = new BroadcastChannel(name);
    const inbox: StreamMessage[] = [];
    let wake = () => {};
    let failure: unknown;
    let hasLeft = false;
    /** The leader heard from last, and its latest sequence number. */
    let at = { by: '', n: 0 };
    let last: string | undefined;
    let unread: StreamMessage | undefined;
    let isLeading = false;
    let isSilent = false;
    let turn = new platform.AbortController();
    let timer: unknown;

    function take(message: StreamMessage): void {
      if (message.id) last = message.id;
      if (message.sent.type === 'unreadCount') unread = message;
      inbox.push(message);
      wake();
    }

    const relay = (message: Omit<Relayed, 'by' | 'n'>) => channel.postMessage({ ...at, ...message });
    const welcome = () => relay({ id: last ?? '', sent: unread?.sent ?? { type: 'alive' }, isWelcome: true });

    channel.onmessage = ({ data }: { data: typeof WHO | Relayed }) => {
      if (data === WHO) {
        if (isLeading) welcome();
        return;
      }
      // Another tab took the lead while this one was suspended; its own turn ends in a moment.
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
      for await (const message of stream(signal, last)) {
        at.n += 1;
        relay(message);
        take(message);
      }
    }

    /** Waits for its turn to lead, until it leaves or the stream is over for good. */
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
          // AbortError: this tab left, or a lock was stolen. Pages where locks are forbidden read the stream themselves.
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
