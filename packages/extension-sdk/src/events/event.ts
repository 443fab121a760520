/** An event that the manifest subscribes to. */
export interface ExtensionEvent {
  /** The same in every delivery of the event: deliveries repeat, so keep what was done by it. */
  readonly id: string;
  readonly topic: string;
  /** RFC 3339 instant. */
  readonly occurredAt: string;
  /** Delivery attempt, from 1. */
  readonly attempt: number;
  /** Parsed JSON. Its shape is the handler's to check. */
  readonly payload: unknown;
}

/** Receives an event. What it throws makes the delivery fail, and the platform deliver again later. */
export type EventHandler = (event: ExtensionEvent) => void | PromiseLike<void>;
