import { z } from 'zod';

const probability = z.number().min(0).max(1);
const range = z.tuple([z.number().min(0), z.number().min(0)]);

/** Misbehaviour of Zalo's side. All of it is decided by the seed, so a failing run can be replayed. */
export const faultsSchema = z.strictObject({
  seed: z.union([z.string(), z.number()]).default(1),

  // Webhook events
  /** An event is posted again a little later, although it was answered. */
  duplicate: probability.default(0),
  /** An event is posted twice at the same moment. */
  duplicateParallel: probability.default(0),
  /** An event is held back within the window, so that later ones overtake it. */
  reorder: z.object({ windowMs: z.number().min(0), p: probability }).default({ windowMs: 0, p: 0 }),
  delayMs: range.default([0, 0]),
  /** Our 200 is lost on its way: the event goes onto the retry ladder. */
  loseWebhookAnswer: probability.default(0),
  /** A forged event beside the real one: tampered body, wrong secret or no header. */
  badSignature: probability.default(0),
  /** `timestamp` comes as a JSON number. */
  numericTimestamp: probability.default(0),
  /** An event that the catalogue does not know comes beside the real one. */
  unknownEvent: probability.default(0),
  /** Events carry a timestamp that lies this many hours back. */
  oldEvent: z.number().min(0).default(0),

  // API calls
  /** A call is carried out, then the connection is reset. A repeat of the same call is spared. */
  dropFirstAnswer: probability.default(0),
  /** A call is carried out and never answered; the connection stays open until the caller gives up. */
  hang: probability.default(0),
  /** The connection is reset before anything is carried out. */
  reset: probability.default(0),
  /** 502 with an HTML body; nothing is carried out. */
  http5xx: probability.default(0),
  /** 200 with an HTML body; nothing is carried out. */
  htmlBody: probability.default(0),
  /** Every answer takes this long, in real time. */
  slowApiMs: z.union([z.number().min(0), range]).default(0),
  /** The next so many calls are refused with -32. */
  rateBurst: z.number().int().min(0).default(0),
  /** The next so many refresh calls rotate the tokens and are never answered. */
  refreshHang: z.number().int().min(0).default(0),
  /** The next so many refresh calls rotate the tokens, then the connection is reset. */
  dropRefreshAnswer: z.number().int().min(0).default(0),
});

export type Faults = z.output<typeof faultsSchema>;
export type FaultsInput = z.input<typeof faultsSchema>;
