import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  /** Zero when no response came. */
  status: number;
  /** Before the load was told to continue without expecting a response. */
  isDue: boolean;
}

export interface Load {
  /** From now on, requests that are started need not get a response. */
  release(): void;
  /** Resolves when every request has come to an end; none is begun any more. */
  stop(): Promise<Answer[]>;
}

/**
 * So many clients that send one request after the other, each over a connection that it keeps: as fast as they are answered, or
 * by the clock, so many a second of all together.
 */
export function startLoad(
  url: string,
  clients: number,
  accessToken: string,
  paths: string[],
  perSecond = Number.POSITIVE_INFINITY,
): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const answers: Answer[] = [];
  let isReleased = false;
  let isStopped = false;

  async function send(path: string): Promise<Answer> {
    const answer = { status: 0, isDue: !isReleased };
    answers.push(answer);
    answer.status = await statusOf(`${url}${path}`, agent, accessToken);
    return answer;
  }

  /** Until it is stopped, or nobody is there any more. */
  async function run(first: number) {
    const everyMs = (clients * 1000) / perSecond;
    let due = performance.now() + (everyMs * first) / clients;
    for (let n = first; !isStopped; n++) {
      await sleep(Math.max(0, due - performance.now()));
      due += everyMs;
      const { status, isDue } = await send(paths[n % paths.length]!);
      if (status === 0 && !isDue) return;
    }
  }

  const running = Array.from({ length: clients }, (_, n) => run(n));
  return {
    release: () => {
      isReleased = true;
    },
    async stop() {
      isStopped = true;
      await Promise.all(running);
      agent.destroy();
      return answers;
    },
  };
}

function statusOf(url: string, agent: Agent, accessToken: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(url, { agent, headers: { authorization: `Bearer ${accessToken}` } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode!));
      response.on('error', () => resolve(0));
    });
    sent.on('error', () => resolve(0));
    sent.end();
  });
}
