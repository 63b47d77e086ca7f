import type { EffectHandlers } from '../../src/bot/effect-handlers.ts';

/** Carries out nothing. */
export const noEffects: EffectHandlers = {
  send_otp: async () => {},
  open_ticket: async () => {},
  send_notice: async () => {},
  subscribe: async () => {},
  unsubscribe: async () => {},
  keep_media: async () => {},
  report_outage: async () => {},
  erase_data: async () => {},
};
