import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ChannelAdapter } from '../../bot/channel-adapter.ts';
import type { InboundEvent } from '../../bot/message.ts';
import type {
  Clock,
  ConversationStore,
  ConversationViews,
  DeliveryLedger,
  DeskEvents,
  Ids,
  OptOuts,
  SlotCounter,
  SmsGateway,
} from '../../bot/ports.ts';
import type { BringMedia } from '../media/media.ts';
import type { OwnFiles } from '../media/own-files.ts';
import type { NoticeTemplates } from '../notices/load-notice-templates.ts';
import type { CreateRateLimiter } from '../rate-limiters.ts';
import type { AddressSeal } from '../sealed-address.ts';

/** What the service gives every channel. `Stores`: the stores of the engine, for channels that keep rows of their own. */
export interface ChannelParts<Stores = unknown> {
  /** Makes an event durable; throws when nothing can, and the sender must then try again. */
  readonly receive: (event: InboundEvent) => Promise<'stored' | 'repeat' | 'spooled'>;
  readonly conversations: Pick<ConversationStore, 'isHandled'>;
  readonly views: ConversationViews;
  readonly deliveries: DeliveryLedger;
  readonly events: DeskEvents;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  /** True when a text speaks of present danger: such a message waits for no other, and is never refused. */
  readonly isUrgent: (text: string) => boolean;
  readonly sms: SmsGateway;
  /** Readable addresses never stand in conversation ids. */
  readonly addresses: AddressSeal;
  readonly optOuts: OptOuts;
  readonly slots: SlotCounter;
  /** Whether other nodes work on the same rows, and serve the same channels. */
  readonly isShared: boolean;
  /** Counts for all nodes together where they can be asked. */
  readonly createLimiter: CreateRateLimiter;
  /** Words agreed upon beforehand, for channels that take no others from a service that writes first. */
  readonly noticeTemplates: NoticeTemplates;
  /** Signs and seals what leaves the house and must come back unchanged. */
  readonly secretKey: string;
  /** Address of the service as the world knows it, without a slash at the end; empty when it is not set. */
  readonly publicUrl: string;
  /** Files of ours behind the addresses that replies name: what agents send, documents. */
  readonly ownFiles: OwnFiles;
  readonly stores: Stores;
}

/** A channel that runs. */
export interface Channel {
  readonly adapter: ChannelAdapter;
  /** Brings a file that a customer has sent here. Absent: nobody can send one. */
  readonly bring?: BringMedia | undefined;
  /** Adds the routes by which messages and receipts come in, and starts what runs by the clock. */
  register(app: FastifyInstance): Promise<void>;
  /** Stops timers and connections. Called when nothing is under way any more; what waits, waits as rows. */
  close(): void | Promise<void>;
}

/** A channel with its settings, ready to be opened. */
export interface ConfiguredChannel<Stores = unknown> {
  readonly name: string;
  open(parts: ChannelParts<Stores>): Channel | Promise<Channel>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A channel that can be had: one entry in `src/channels.ts`. */
export interface ChannelKind<Stores = unknown> {
  /** Settings that only a real service has: the demo refuses to start with them. */
  readonly liveOnly: readonly string[];
  /** Reads the channel's own settings; `undefined`: it is not wanted. Throws a `StartError` that says what to mend. */
  configure(env: Environment): ConfiguredChannel<Stores> | undefined;
}
