import type { ActionKind, OutcomeKind } from './action-kind.ts';

/** What all that look into the schedule have in common. */
const SCHEDULE = { uses: ['date', 'priority_reason'], identity: 'anonymous', cost: 'look_up' } as const;
const ELSEWHERE: OutcomeKind = { sets: ['corporation', 'corporation_hotline', 'corporation_website'] };

/** What the schedule holds, each also for somebody who depends on the power. `told`: what is said besides when it is empty. */
function scheduleOutcomes(...told: readonly string[]): Readonly<Record<string, OutcomeKind>> {
  const none = { sets: ['window_end', ...told] };
  return { found: {}, found_priority: {}, none, none_priority: none };
}

/** The actions of the schedule, of incidents, and of reports: part of the catalogue in `actions.ts`. */
export const OUTAGE_ACTIONS: Readonly<Record<string, ActionKind>> = {
  find_outages_by_code: {
    needs: ['customer_code'],
    ...SCHEDULE,
    outcomes: scheduleOutcomes(),
  },
  find_outages_by_place: {
    needs: ['place'],
    ...SCHEDULE,
    outcomes: { ...scheduleOutcomes('place_text'), elsewhere: ELSEWHERE, unclear_place: { clears: ['place'] } },
  },
  find_outages_by_unit: {
    needs: ['unit_code'],
    ...SCHEDULE,
    outcomes: { ...scheduleOutcomes(), elsewhere: ELSEWHERE },
  },
  find_known_outage: {
    needs: [],
    uses: ['customer_code', 'place', 'priority_reason'],
    identity: 'anonymous',
    cost: 'look_up',
    outcomes: {
      planned: { sets: ['outage_text'] },
      /** The same, and somebody there depends on the power. */
      planned_priority: { sets: ['outage_text'] },
      incident: { sets: ['outage_text'] },
      /** In a storm only: reports came together, nobody has confirmed it. */
      suspected: { sets: ['outage_text'] },
      disconnected_debt: { needsIdentity: { level: 'verified', otherwise: 'none' } },
      none: {},
    },
  },
  find_storm_incident: {
    needs: [],
    uses: ['customer_code', 'place', 'priority_reason'],
    identity: 'anonymous',
    outcomes: { incident: { sets: ['outage_text'] }, suspected: { sets: ['outage_text'] }, calm: {} },
  },
  join_incident: {
    needs: [],
    uses: ['place', 'customer_code', 'phone', 'priority_reason', 'earlier_ticket'],
    asWritten: ['place'],
    identity: 'anonymous',
    outcomes: { opened: { sets: ['ticket_number'] } },
  },
  note_power_back: { needs: [], identity: 'anonymous', outcomes: { noted: {} } },
  open_nested_ticket: {
    needs: [],
    uses: ['place', 'customer_code', 'phone', 'priority_reason', 'earlier_ticket'],
    asWritten: ['place'],
    identity: 'anonymous',
    outcomes: {
      opened: { sets: ['ticket_number', 'first_report_text'] },
      known: { sets: ['ticket_number', 'first_report_text'] },
      not_told: {},
    },
  },
  open_outage_ticket: {
    needs: [],
    uses: ['place', 'customer_code', 'since', 'phone', 'priority_reason', 'earlier_ticket'],
    asWritten: ['place'],
    identity: 'anonymous',
    cost: 'ticket',
    outcomes: {
      opened: { sets: ['ticket_number'] },
    },
  },
};
