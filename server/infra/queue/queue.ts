/** A message that was delivered this often without being acknowledged becomes dead. */
export const MAX_RECEIVES = 5;

/** One message held by a consumer. The receipt is valid for this delivery only. */
export interface Delivery {
  id: string;
  receipt: string;
  /** `{ kind, ... }` as it was sent; undefined when the message is not JSON. */
  body: unknown;
  /** The message as it was sent, where the queue keeps text. */
  text?: string;
  /** How often it was delivered, including this time. */
  receiveCount: number;
}

export interface ReceiveOptions {
  max: number;
  /** How long the deliveries are hidden from other consumers, ms. */
  visibilityMs: number;
  /** How long to wait for a first message, ms. */
  waitMs: number;
  /** Ends the wait with no deliveries. */
  signal: AbortSignal;
}

/**
 * Delivers at least once, unordered. A stale receipt (the message has been delivered again since) changes nothing. A message that is
 * delivered too often without being acknowledged becomes dead.
 */
export interface Queue {
  /** Bodies are JSON objects with a `kind`. Throws SendFailed unless all of them are known to be stored. */
  send(bodies: unknown[]): Promise<void>;
  receive(options: ReceiveOptions): Promise<Delivery[]>;
  /** False when the receipt is known to be stale; SQS does not always say. */
  ack(delivery: Delivery): Promise<boolean>;
  /** Hides the message for `visibilityMs` from now on; false when the receipt is stale. */
  extend(delivery: Delivery, visibilityMs: number): Promise<boolean>;
  /** Gives the message back, visible after the delay; false when the receipt is stale. The error is recorded if the queue can. */
  release(delivery: Delivery, delayMs: number, error?: string): Promise<boolean>;
  /** Makes the message dead at once; false when the receipt is stale. The error is recorded if the queue can. */
  bury(delivery: Delivery, error: string): Promise<boolean>;
  /** Messages that are delayed are in none of the three. */
  depth(): Promise<{ ready: number; inFlight: number; dead: number }>;
  /** Throws when the queue can't be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export class SendFailed extends Error {
  override name = 'SendFailed';
  /** Indexes of the bodies that may not have been stored. */
  readonly unsent: number[];
  /** Indexes of the bodies that will never be accepted, however often they are sent. */
  readonly refused: number[];

  constructor(unsent: number[], refused: number[], options?: ErrorOptions) {
    super(`${unsent.length} messages were not sent, ${refused.length} were refused`, options);
    this.unsent = unsent;
    this.refused = refused;
  }
}
