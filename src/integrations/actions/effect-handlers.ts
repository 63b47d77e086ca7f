import type { EffectHandlers } from '../../bot/effect-handlers.ts';
import type { Clock, SmsGateway, TicketStore } from '../../bot/ports.ts';
import type { OneTimeCodes } from './one-time-code.ts';

export interface EffectHandlerDeps {
  readonly tickets: Pick<TicketStore, 'open'>;
  readonly sms: SmsGateway;
  readonly codes: Pick<OneTimeCodes, 'codeOf' | 'isExpired'>;
  readonly clock: Clock;
}

/** Carries out what committed turns asked for. The same effect twice is one SMS and one ticket. */
export function createEffectHandlers({ tickets, sms, codes, clock }: EffectHandlerDeps): EffectHandlers {
  return {
    async send_otp({ key }, { challengeId, phone }) {
      // A gateway that comes back when the code has run out: the SMS would only confuse.
      if (!codes.isExpired(challengeId, clock.now())) {
        await sms.send({ key, to: phone, text: otpText(codes.codeOf(challengeId)) });
      }
    },
    open_ticket: ({ conversationId, at }, { ticket }) =>
      tickets.open({ ...ticket, state: 'open', conversationId, createdAt: at, history: [{ at, state: 'open' }] }),
  };
}

/** Without marks: with them an SMS holds 70 characters only. */
function otpText(code: string): string {
  return `Ma xac thuc ${code}, hieu luc 5 phut, chi nhap vao cuoc tro chuyen ban dang mo voi dien luc. Khong dua ma nay cho bat ky ai.`;
}
