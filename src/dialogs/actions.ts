import type { ActionKind } from './action-kind.ts';
import { OUTAGE_ACTIONS } from './outage-actions.ts';

/** How long a one-time code holds. */
export const CODE_LIFE_MS = 5 * 60_000;
/** The challenge of a code that is under way for the same customer code, and was not asked for anew. */
export const OPEN_CHALLENGE = 'open_challenge';

/** The outcome of an action that threw. */
export const FAILED = 'failed';
/** The outcome of an action whose identity level is not reached. */
export const NOT_VERIFIED = 'not_verified';
/** The outcome of an action that this customer has had too often: the engine tells him so, and the dialog ends. */
export const TOO_OFTEN = 'too_often';

/** Needs nothing, and says nothing that anybody may not hear. */
const ANYBODY = { needs: [], identity: 'anonymous' } as const;

/** Every action that a dialog may use. Actions look things up; what they write is returned as effects. */
export const ACTIONS: Readonly<Record<string, ActionKind>> = {
  check_customer_code: {
    needs: ['customer_code'],
    identity: 'anonymous',
    outcomes: {
      well_formed: {},
      malformed: { sets: ['code_problem'], clears: ['customer_code'] },
      foreign: { sets: ['corporation', 'corporation_hotline'], clears: ['customer_code'] },
    },
  },
  send_otp: {
    needs: ['customer_code'],
    uses: [OPEN_CHALLENGE],
    identity: 'anonymous',
    cost: 'sms',
    outcomes: {
      sent: { sets: ['challenge_id'], codeLifeMs: CODE_LIFE_MS },
      /** The last one was sent for the same and holds still. */
      still_open: { sets: ['challenge_id'] },
      too_many: {},
    },
  },
  check_otp: {
    needs: ['customer_code', 'challenge_id', 'otp'],
    identity: 'anonymous',
    outcomes: {
      verified: { spendsCode: true },
      wrong: { sets: ['tries_left'] },
      expired: {},
      locked: { spendsCode: true },
    },
  },
  find_contracts: {
    needs: ['customer_code'],
    identity: 'verified',
    cost: 'look_up',
    outcomes: { one: {}, several: { sets: ['contracts'] } },
  },
  find_bill: {
    needs: ['customer_code'],
    uses: ['billing_period'],
    identity: 'verified',
    cost: 'look_up',
    outcomes: {
      found: { sets: ['month', 'kwh', 'total', 'due', 'bill_status'] },
      no_bill_for_period: { sets: ['period_text', 'newest_month'], clears: ['billing_period'] },
      no_bills: {},
    },
  },
  explain_bill: {
    needs: ['customer_code'],
    uses: ['compared_months', 'compare_with'],
    identity: 'verified',
    cost: 'chart',
    outcomes: {
      found: { sets: ['month', 'compared_month'] },
      doubtful: {},
      no_bill_for_period: { sets: ['period_text', 'newest_month'], clears: ['compared_months'] },
      no_compared_bill: { sets: ['month'], clears: ['compared_months'] },
      no_bills: {},
    },
  },
  list_usage: {
    needs: ['customer_code'],
    uses: ['billing_period'],
    identity: 'verified',
    cost: 'chart',
    outcomes: {
      found: { sets: ['period_text', 'usage_summary'] },
      no_bill_for_period: { sets: ['period_text', 'newest_month'], clears: ['billing_period'] },
      no_bills: {},
    },
  },
  check_payment: {
    needs: ['customer_code'],
    uses: ['billing_period', 'claimed_problem'],
    identity: 'verified',
    cost: 'look_up',
    outcomes: {
      paid: { sets: ['month'] },
      owed: { sets: ['month', 'total'] },
      /** Owed, though the customer says that it is paid. */
      claimed: { sets: ['month', 'total', 'bill_problem'] },
      /** Paid, and the customer says twice or by mistake. */
      paid_twice: { sets: ['month', 'bill_problem'] },
      listed: { sets: ['contracts'], clears: ['claimed_problem'] },
      doubtful: {},
      no_bill_for_period: { sets: ['period_text', 'newest_month'], clears: ['billing_period'] },
      no_bills: {},
    },
  },
  open_bill_ticket: {
    needs: ['customer_code', 'bill_problem'],
    uses: [
      'phone',
      'month',
      'paid_when',
      'paid_channel',
      'paid_amount',
      'paid_reference',
      'read_on_meter',
      'earlier_ticket',
    ],
    asWritten: ['read_on_meter'],
    identity: 'anonymous',
    cost: 'ticket',
    outcomes: { opened: { sets: ['ticket_number'] }, corrected: { sets: ['ticket_number'] } },
  },
  estimate_bill: {
    needs: [],
    uses: ['kwh_used', 'money_amount', 'households', 'tariff_group', 'billing_period', 'date'],
    identity: 'anonymous',
    outcomes: {
      estimated: { sets: ['estimated_kwh', 'estimated_total'] },
      not_covered: { sets: ['uncovered_what', 'uncovered_day'], clears: ['billing_period', 'date'] },
      bad_usage: { clears: ['kwh_used'] },
      bad_households: { clears: ['households'] },
    },
  },
  tell_tariff: {
    needs: [],
    uses: ['tariff_topic'],
    identity: 'anonymous',
    outcomes: { told: {}, not_covered: { sets: ['uncovered_what', 'uncovered_day'] } },
  },
  ...OUTAGE_ACTIONS,
  find_notice_phone: {
    needs: [],
    uses: ['phone', 'customer_code'],
    identity: 'anonymous',
    outcomes: { found: { sets: ['notice_phone'] }, none: {} },
  },
  send_ticket_sms: {
    needs: ['ticket_number'],
    uses: ['phone', 'customer_code'],
    identity: 'anonymous',
    cost: 'sms',
    outcomes: { sent: { sets: ['notice_phone'] }, too_many: {}, no_phone: {} },
  },
  open_emergency_ticket: {
    needs: [],
    uses: ['place', 'customer_code', 'injured', 'phone', 'danger', 'earlier_ticket'],
    asWritten: ['place'],
    identity: 'anonymous',
    outcomes: { opened: { sets: ['ticket_number'] } },
  },
  find_answer: {
    ...ANYBODY,
    outcomes: { found: { sets: ['answer_text'] } },
  },
  find_own_ticket: {
    ...ANYBODY,
    cost: 'look_up',
    outcomes: { found: { sets: ['ticket_number', 'ticket_text'] }, none: {} },
  },
  find_next_outage: {
    ...ANYBODY,
    uses: ['customer_code', 'place'],
    cost: 'look_up',
    outcomes: { found: { sets: ['outage_text'] }, none: {} },
  },
  find_asked_tickets: {
    ...ANYBODY,
    cost: 'look_up',
    outcomes: {
      outage: { sets: ['ticket_number', 'ticket_text'] },
      request: { sets: ['ticket_text'] },
      done: { sets: ['ticket_text'] },
      none: {},
      /** There is no ticket with the number that the customer has sent. */
      unknown_number: { sets: ['asked_number'] },
    },
  },
  find_corporation: {
    needs: [],
    uses: ['place', 'customer_code'],
    identity: 'anonymous',
    outcomes: {
      ours: {},
      elsewhere: { sets: ['corporation', 'corporation_hotline', 'corporation_website'] },
      unknown: {},
    },
  },
  check_contact: {
    ...ANYBODY,
    // The number of a stranger must not become the customer's own.
    outcomes: {
      official: { sets: ['contact', 'corporation'], clears: ['phone'] },
      unknown: { sets: ['contact'], clears: ['phone'] },
      none: {},
    },
  },
  find_connection: {
    needs: ['customer_code'],
    identity: 'verified',
    cost: 'look_up',
    outcomes: { connected: {}, disconnected_debt: {}, disconnected: {}, unknown: {} },
  },
  find_invoice: {
    needs: ['customer_code'],
    uses: ['billing_period', 'sent_by'],
    identity: 'verified',
    cost: 'look_up',
    outcomes: {
      found: { sets: ['month'] },
      found_for_email: { sets: ['month'] },
      no_bill_for_period: { sets: ['period_text', 'newest_month'], clears: ['billing_period'] },
      no_bills: {},
    },
  },
  send_invoice: {
    needs: ['customer_code', 'email'],
    uses: ['billing_period'],
    identity: 'verified',
    outcomes: { sent: {}, not_possible: {}, too_many: {} },
  },
  give_bill_sheet: {
    needs: ['customer_code'],
    uses: ['billing_period'],
    identity: 'verified',
    cost: 'look_up',
    outcomes: { given: {}, linked: { sets: ['days'] }, not_possible: {} },
  },
  find_reading_days: {
    needs: ['customer_code'],
    identity: 'verified',
    cost: 'look_up',
    outcomes: { found: { sets: ['reading_days'] }, no_bills: {} },
  },
  check_reading: {
    needs: ['customer_code', 'meter_reading'],
    identity: 'verified',
    cost: 'look_up',
    outcomes: {
      plausible: { sets: ['reading_text'] },
      unusual: { sets: ['reading_text'] },
      no_history: {},
    },
  },
  open_request: {
    needs: [],
    uses: [
      'customer_code',
      'place',
      'phone',
      'request_text',
      'meter_reading',
      'month',
      'email',
      'priority_reason',
      'earlier_ticket',
    ],
    asWritten: ['place'],
    identity: 'anonymous',
    cost: 'ticket',
    outcomes: { opened: { sets: ['ticket_number'] } },
  },
  find_notice: {
    needs: ['notice_topic', 'customer_code'],
    identity: 'anonymous',
    outcomes: {
      /** Everybody may hear it. */
      open: { sets: ['notice_consent'] },
      /** Only whoever has proved who he is may. */
      personal: { sets: ['notice_consent'] },
      already: { sets: ['notice_label'] },
      too_many: {},
    },
  },
  subscribe_notice: {
    needs: ['notice_topic', 'notice_consent', 'customer_code'],
    identity: 'anonymous',
    outcomes: { subscribed: { sets: ['notice_label'] } },
  },
  subscribe_personal_notice: {
    needs: ['notice_topic', 'notice_consent', 'customer_code'],
    identity: 'verified',
    outcomes: { subscribed: { sets: ['notice_label'] } },
  },
  list_notices: {
    ...ANYBODY,
    outcomes: { found: { sets: ['notice_list'] }, none: {} },
  },
  stop_notice: {
    needs: ['notice_topic'],
    identity: 'anonymous',
    outcomes: { stopped: { sets: ['notice_list'] }, none: {} },
  },
  stop_all_notices: {
    ...ANYBODY,
    outcomes: { stopped: { sets: ['notice_list'] }, none: {} },
  },
  export_conversation: {
    ...ANYBODY,
    outcomes: { linked: {} },
  },
  export_customer: {
    needs: ['customer_code'],
    identity: 'verified',
    outcomes: { linked: {} },
  },
  erase_conversation: {
    ...ANYBODY,
    outcomes: { asked: { sets: ['erasure_number'] }, held: { sets: ['erasure_number'] } },
  },
  erase_customer: {
    needs: ['customer_code'],
    identity: 'verified',
    outcomes: { asked: { sets: ['erasure_number'] }, held: { sets: ['erasure_number'] } },
  },
  find_hotline: {
    needs: [],
    uses: ['customer_code', 'place'],
    identity: 'anonymous',
    outcomes: { found: { sets: ['hotline', 'hotline_tel', 'corporation'] } },
  },
};

/** All outcomes that a `do` node with this action must name. */
export function outcomesOf(action: ActionKind): readonly string[] {
  const own = Object.keys(action.outcomes);
  return action.identity === 'anonymous' ? [...own, FAILED] : [...own, NOT_VERIFIED, FAILED];
}

/** All slots that an action looks at. */
export function slotsOf(action: ActionKind): readonly string[] {
  return [...action.needs, ...(action.uses ?? [])];
}
