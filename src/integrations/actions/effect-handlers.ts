import type { EffectHandlers } from '../../bot/effect-handlers.ts';
import type { Clock, CustomerRecords, SmsGateway, TicketStore } from '../../bot/ports.ts';
import { CODE_LIFE_MS, type OneTimeCodes } from './one-time-code.ts';

export interface EffectHandlerDeps {
  readonly sms: SmsGateway;
  readonly tickets: TicketStore;
  readonly customers: CustomerRecords;
  readonly codes: OneTimeCodes;
  readonly clock: Clock;
}

/** Carries out what committed turns asked for. Each handler may run more than once for the same effect. */
export function createEffectHandlers({ sms, tickets, customers, codes, clock }: EffectHandlerDeps): EffectHandlers {
  return {
    async send_otp({ key }, { challengeId, customerCode, phone }) {
      // A gateway that comes back after the code has run out: the SMS would only confuse.
      if (codes.isExpired(challengeId, clock.now())) {
        return;
      }
      await sms.send({ key, to: phone, text: codeSms(codes.codeFor(challengeId, customerCode)) });
    },
    async open_ticket({ conversationId, at }, { ticket }) {
      const customer = ticket.customerCode === undefined ? undefined : await customers.customer(ticket.customerCode);
      // The crew needs to know where and whom to call, also when the customer gave a code only.
      const place = ticket.place ?? customer?.address;
      const phone = ticket.phone ?? customer?.phone;
      await tickets.open({
        ...ticket,
        ...(place !== undefined && { place }),
        ...(phone !== undefined && { phone }),
        state: 'open',
        conversationId,
        createdAt: at,
        history: [{ at, state: 'open' }],
      });
    },
  };
}

/** Without marks: an SMS with marks holds 70 characters only. */
function codeSms(code: string): string {
  const minutes = CODE_LIFE_MS / 60_000;
  return `Ma xac thuc tra cuu dien: ${code}, co hieu luc ${minutes} phut. Khong dua ma nay cho bat ky ai.`;
}
