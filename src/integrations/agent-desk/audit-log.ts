import { createHash } from 'node:crypto';

/** What the audit log keeps: what agents do to conversations, and what they do about records and accounts. */
export type AuditAction =
  | 'log_in'
  | 'log_in_refused'
  | 'log_out'
  | 'log_out_everywhere'
  | 'change_password'
  | 'lock_agent'
  | 'unlock_agent'
  | 'change_role'
  | 'reveal_name'
  | 'reveal_phone'
  | 'reveal_address'
  | 'reveal_email'
  | 'change_canned'
  | 'answer_incident'
  | 'turn_storm_on'
  | 'turn_storm_off'
  | 'create_incident'
  | 'change_incident'
  | 'publish_crisis'
  | 'change_crisis'
  | 'withdraw_crisis'
  | 'change_ticket'
  | 'change_campaign'
  | 'call_contact'
  | 'export_calls'
  | 'place_hold'
  | 'lift_hold'
  | 'erase_person'
  | 'export_person'
  | 'export_figures'
  | 'retry'
  | 'relabel'
  | 'label_words'
  | 'dismiss_words'
  | `act_${string}`;

export interface AuditEntry {
  /** UTC ms. */
  readonly at: number;
  /** Never empty; `nobody` for a log-in that was refused. */
  readonly actorId: string;
  readonly actorName: string;
  readonly action: AuditAction;
  /** The conversation, the mark of the customer (never the whole code), the ready answer, the account. */
  readonly subject?: string;
  readonly reason?: string;
  /** Of what may be sent again (`entryKey`): a second entry with it is not written. */
  readonly key?: string;
}

export type FiledEntry = Omit<AuditEntry, 'key'> & { readonly id: string };

/** Who did what at the desk: entries are added, and never changed nor taken away. */
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** The newest first; `before`: those that come after the entry of this id. Ids are unique. */
  entries(query: { readonly limit: number; readonly before?: string }): Promise<readonly FiledEntry[]>;
}

/** The key of the entry of an act: it names no customer, and stays when what names him is erased. */
export function entryKey(...act: readonly string[]): string {
  return createHash('sha256').update(act.join('\n')).digest('base64url');
}
