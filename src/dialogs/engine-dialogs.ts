/** Dialogs that the engine itself opens, so that its own words are data too. Loading checks that all are there. */
export const ENGINE_DIALOGS = {
  /** The customer is angry: said once in a conversation, before the answer. */
  angerHeard: 'anger-heard',
  /** An answer fits no choice of the open question. */
  chooseAgain: 'choose-again',
  /** The one-time code was sent once more after it has done its work. */
  alreadyVerified: 'already-verified',
  /** Between two or three requests the engine asks which is meant. */
  clarify: 'clarify',
  /** The customer broke off. */
  cancelled: 'cancelled',
  /** Only a customer code was sent. */
  codeGiven: 'code-given',
  /** A value was corrected; the answer follows. */
  corrected: 'corrected',
  /** A value was corrected after a ticket was opened with it. */
  ticketCorrected: 'ticket-corrected',
  /** A place was shared, and nothing that is open has use for it. */
  locationReceived: 'location-received',
  /** Somebody asks for what is kept about him: heard by its words, whatever else was understood. */
  dataRequest: 'data-request',
  /** Somebody asks how far his request is, or sends the number of a ticket: heard by its words, too. */
  requestStatus: 'request-status',
  /** A dialog has ended and nothing else was said. */
  done: 'done',
  emergency: 'emergency',
  /** Two misses in a row. */
  fallback: 'fallback',
  handoff: 'handoff',
  help: 'help',
  /** A month was named that no year has. */
  noSuchMonth: 'no-such-month',
  /** The further request of an earlier message begins. */
  nextRequest: 'next-request',
  /** A value was given before it was asked for. */
  noted: 'noted',
  /** First miss with no question open. */
  notUnderstood: 'not-understood',
  /** A request that no dialog serves. */
  notServed: 'not-served',
  /** The further request of an earlier utterance. */
  offerPending: 'offer-pending',
  /** A bare stop word: "STOP". */
  noticeStop: 'notice-stop',
  /** A button of a question that is no longer open. */
  oldButton: 'old-button',
  /** Somebody writes English: what can be done, in both languages. */
  inEnglish: 'in-english',
  /** Somebody writes English while a question is open. */
  englishAside: 'english-aside',
  /** The link of a map was sent, which nobody here can open. */
  mapLink: 'map-link',
  /** What belongs to somebody else is asked for. */
  othersData: 'others-data',
  /** Back to the interrupted dialog. */
  resume: 'resume',
  /** A picture came that belongs to the request under way. */
  pictureKept: 'picture-kept',
  /** Whether to go on with the interrupted dialog. */
  resumeOffer: 'resume-offer',
  /** The customer has had an action as often as he may for now. */
  tooOften: 'too-often',
  /** Most likely nothing to do with electricity. */
  outOfScope: 'out-of-scope',
} as const;

/** Intents that the engine knows by name. */
export const OUTSIDE_INTENT = 'out_of_scope';
export const GREETING_INTENT = 'greeting';
export const THANKS_INTENT = 'thanks_goodbye';
export const CANCEL_INTENT = 'cancel';
export const HUMAN_INTENT = 'talk_to_human';
export const SCAM_INTENT = 'scam_check';
