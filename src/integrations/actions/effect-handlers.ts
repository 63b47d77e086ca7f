import type { EffectHandlers } from '../../bot/effect-handlers.ts';
import type { SmsGateway, TicketStore } from '../../bot/ports.ts';
import type { OneTimeCodes } from './one-time-code.ts';

export interface EffectHandlerDeps {
  readonly tickets: Pick<TicketStore, 'open'>;
  readonly sms: SmsGateway;
  readonly codes: Pick<OneTimeCodes, 'codeOf'>;
}

/** Carries out what committed turns asked for. The same effect twice is one SMS and one ticket. */
export function createEffectHandlers({ tickets, sms, codes }: EffectHandlerDeps): EffectHandlers {
  return {
    send_otp: ({ key }, { challengeId, phone }) =>
      sms.send({ key, to: phone, text: otpText(codes.codeOf(challengeId)) }),
    open_ticket: ({ conversationId, at }, { ticket }) =>
      tickets.open({ ...ticket, state: 'open', conversationId, createdAt: at, history: [{ at, state: 'open' }] }),
  };
}

/** Without marks: with them an SMS holds 70 characters only. */
function otpText(code: string): string {
  return `Ma xac thuc ${code}, hieu luc 5 phut, chi nhap vao cuoc tro chuyen ban dang mo voi dien luc. Khong dua ma nay cho bat ky ai.`;
}
