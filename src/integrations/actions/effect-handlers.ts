import type { ChannelAdapter } from '../../bot/channel-adapter.ts';
import type { EffectHandlers } from '../../bot/effect-handlers.ts';
import { type Erasures, NOTHING_ERASED } from '../../bot/erasures.ts';
import type { OutageReports } from '../../bot/incidents/outage-report.ts';
import type { TakeReport } from '../../bot/incidents/take-report.ts';
import type { InboundEvent } from '../../bot/message.ts';
import type { Subscriptions } from '../../bot/notices/subscription.ts';
import type { Clock, CustomerRecords, OptOuts, SmsGateway } from '../../bot/ports.ts';
import { parseEffectKey } from '../../bot/turn.ts';
import { createKeepTicket, type KeepTicketDeps } from './keep-ticket.ts';
import type { OneTimeCodes } from './one-time-code.ts';
import { reportOutage } from './report-outage.ts';

export interface EffectHandlerDeps {
  readonly tickets: KeepTicketDeps['tickets'];
  readonly ids: KeepTicketDeps['ids'];
  readonly erasures: Pick<Erasures, 'open'>;
  readonly sms: SmsGateway;
  readonly codes: Pick<OneTimeCodes, 'codeOf' | 'isExpired'>;
  /** By channel. */
  readonly adapters: ReadonlyMap<string, Pick<ChannelAdapter, 'conversationWith'>>;
  readonly optOuts: OptOuts;
  readonly subscriptions: Pick<Subscriptions, 'start' | 'end'>;
  /** Begins or goes on with another conversation. */
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly reports: Pick<OutageReports, 'lastReport' | 'answered'>;
  readonly takeReport: TakeReport;
  readonly keepMedia: EffectHandlers['keep_media'];
  readonly clock: Clock;
}

/** Carries out what committed turns asked for. The same effect twice is one SMS and one ticket. */
export function createEffectHandlers(deps: EffectHandlerDeps): EffectHandlers {
  const { erasures, sms, codes, adapters, optOuts, subscriptions, clock } = deps;
  return {
    keep_media: deps.keepMedia,
    erase_data: ({ conversationId, at }, { number, customerCode, isSilent = false, isHeld = false }) =>
      erasures.open({
        ...{
          number,
          state: isHeld ? 'held' : 'open',
          askedAt: at,
          by: { kind: isSilent ? 'channel' : 'customer' },
          conversationId,
          erased: NOTHING_ERASED,
        },
        ...(customerCode !== undefined && { customerCode }),
      }),
    async send_otp({ key }, { challengeId, phone }) {
      // A gateway that comes back when the code has run out: the SMS would only confuse.
      if (!codes.isExpired(challengeId, clock.now())) {
        await sms.send({ key, to: phone, text: otpText(codes.codeOf(challengeId)) });
      }
    },
    open_ticket: createKeepTicket(deps),
    async subscribe({ key, conversationId, at }, { wish, isVerified, words }) {
      const { version } = parseEffectKey(key);
      await subscriptions.start({ ...wish, conversationId, isVerified, consent: { version, at, words } });
      // Who asks to be told takes back that he wants nothing.
      await optOuts.remove(conversationId);
    },
    async unsubscribe({ key, conversationId, at }, { wishes, everything }) {
      const { version } = parseEffectKey(key);
      for (const wish of wishes) {
        await subscriptions.end({ ...wish, conversationId, version });
      }
      if (everything) {
        await optOuts.add(conversationId, at);
      }
    },
    report_outage: (effect, { report }) => reportOutage(deps, effect, report),
    async send_notice({ key, at }, { channel, to, reply }) {
      const conversationId = adapters.get(channel)?.conversationWith?.(to);
      if (conversationId === undefined) {
        throw new Error(
          `There is no channel "${channel}" that reaches this address: see its settings in docs/operations.md.`,
        );
      }
      if (!(await optOuts.has(conversationId))) {
        // The inbox drops the second one of the same key, so the same notice is written once.
        const event = { key: `notice/${key}`, conversationId, orderKey: at, receivedAt: clock.now() };
        await deps.receive({ ...event, content: { kind: 'notice', replies: [reply] } });
      }
    },
  };
}

/** Without marks: with them an SMS holds 70 characters only. */
function otpText(code: string): string {
  return `Ma xac thuc ${code}, hieu luc 5 phut, chi nhap vao cuoc tro chuyen ban dang mo voi dien luc. Khong dua ma nay cho bat ky ai.`;
}
