import type { Colleague } from './colleague.ts';

/** What an agent does at the desk. `agentId` comes from the agent's session, never from the request body. */
export type AgentAct = ActBy & ActWish;

interface ActBy {
  readonly agentId: string;
  readonly agentName: string;
}

type ActWish =
  | { readonly act: 'claim' }
  /** The text may be empty when there is a file. */
  | ({ readonly act: 'say'; readonly text: string; readonly file?: SentFile } & OnScreen)
  /** For colleagues only: it is no message, so nothing can send it. */
  | { readonly act: 'note'; readonly text: string }
  /** To a colleague, who holds it from then on. */
  | ({ readonly act: 'transfer'; readonly to: Colleague; readonly note: string } & OnScreen)
  /** Back to the queue, for whoever can help better. */
  | ({ readonly act: 'requeue'; readonly note: string } & OnScreen)
  | { readonly act: 'release' }
  | ({ readonly act: 'close'; readonly wrapUp: string; readonly note?: string } & OnScreen)
  /** Sets it aside until that time, UTC ms, or until the customer writes. */
  | ({ readonly act: 'snooze'; readonly until: number } & OnScreen)
  | { readonly act: 'wake' }
  /** The agent has seen the danger; the alarm is silent until it is spoken of again. */
  | { readonly act: 'see_alarm' }
  /** A colleague will call this number by that time, UTC ms. */
  | { readonly act: 'call_back'; readonly phone: string; readonly by: number; readonly note?: string }
  /** One answer to all who wait about one incident: the bot has each of them again afterwards. */
  | { readonly act: 'answer_incident'; readonly text: string }
  /** A shift leader gives a conversation to somebody. */
  | { readonly act: 'reassign'; readonly to: Colleague; readonly note?: string }
  /** Its agent may hold it no longer: back to the queue, as if that agent were gone. */
  | { readonly act: 'take_back'; readonly from: string; readonly note: string }
  /** The desk gives the next one to somebody who has room. */
  | { readonly act: 'assign'; readonly to: Colleague };

/** A file of an agent, kept by us. `name`: what the customer sees. */
export interface SentFile {
  readonly kind: 'image' | 'file';
  readonly url: string;
  readonly name: string;
}

interface OnScreen {
  /** The last message on the agent's screen: the act is refused when others have written since. */
  readonly seenSeq?: number;
}

export type ActName = AgentAct['act'];
