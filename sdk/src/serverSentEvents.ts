import { platform } from './platform.ts';

export interface Message {
  event: string;
  /** Empty when the message has none. */
  id: string;
  data: string;
}

/** The messages in a body of server-sent events, as they arrive. */
export async function* messagesOf(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Message, void, undefined> {
  const decoder = new platform.TextDecoder();
  let text = '';
  let message: Message = { event: 'message', id: '', data: '' };
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split(/\r?\n/);
    text = lines.pop()!;
    for (const line of lines) {
      if (line) {
        const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line) as unknown as [string, keyof Message, string];
        if (field === 'data') message.data += (message.data && '\n') + value;
        else if (field === 'event' || field === 'id') message[field] = value;
      } else {
        if (message.data) yield message;
        message = { event: 'message', id: '', data: '' };
      }
    }
  }
}
