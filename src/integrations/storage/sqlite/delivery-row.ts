import type { DeliveryState, Message, TrackedMessage } from '../../../bot/message.ts';

/** A row of `deliveries` joined with the messages of its turn. */
export interface DeliveryRow {
  readonly conversation_id: string;
  readonly seq: number;
  readonly version: number;
  readonly state: DeliveryState;
  readonly failure: string | null;
  readonly messages: string;
}

/** The message that a delivery is about, found in its turn. */
export function toTrackedMessage(row: DeliveryRow): TrackedMessage {
  const message = (JSON.parse(row.messages) as Message[]).find((candidate) => candidate.seq === row.seq);
  if (message === undefined) {
    throw new Error(`Delivery ${row.seq} of turn ${row.version} names a message that its turn does not have.`);
  }
  return {
    ...message,
    conversationId: row.conversation_id,
    version: row.version,
    delivery: row.state,
    ...(row.failure !== null && { failure: row.failure }),
  };
}
