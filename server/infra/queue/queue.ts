/** One message as a consumer holds it. The receipt is good for this delivery only. */
export interface Delivery {
  id: string;
  receipt: string;
  /** `{ kind, ... }` as it was sent; undefined when what arrived is not JSON. */
  body: unknown;
  /** How often it was delivered, this time included. */
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
 * At least once, unordered. A stale receipt (the message was delivered again since) changes nothing. A message that was
 * delivered too often without being acknowledged is put aside as dead.
 */
export interface Queue {
  /** Bodies are JSON objects with a `kind`. Throws SendFailed when not every one is known to be stored. */
  send(bodies: unknown[]): Promise<void>;
  receive(options: ReceiveOptions): Promise<Delivery[]>;
  /** False when the receipt is known to be stale; SQS does not always say. */
  ack(delivery: Delivery): Promise<boolean>;
  /** Hides the message for so long from now on; false when the receipt is stale. */
  extend(delivery: Delivery, visibilityMs: number): Promise<boolean>;
  /** Gives the message back, visible after the delay; false when the receipt is stale. The error is kept where it can be. */
  release(delivery: Delivery, delayMs: number, error?: string): Promise<boolean>;
  /** Messages that wait for a time to come are in none of the three. */
  depth(): Promise<{ ready: number; inFlight: number; dead: number }>;
  /** Throws when the queue can't be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export class SendFailed extends Error {
  override name = 'SendFailed';
  /** Indexes of the bodies that may not have been stored. */
  readonly unsent: number[];
  /** Indexes of the bodies that will never be taken, however often they are sent. */
  readonly refused: number[];

  constructor(unsent: number[], refused: number[], options?: ErrorOptions) {
    super(`${unsent.length} messages were not sent, ${refused.length} were refused`, options);
    this.unsent = unsent;
    this.refused = refused;
  }
}
