import type { Contact } from './contact.ts';

/** What the figures count: a projection of the chain, some moments behind it. */
export interface ContactRecords {
  /** Shows every contact that began on that day (`YYYY-MM-DD` in Viet Nam), each once; lets others work in between. */
  eachOf(day: string, visit: (contact: Contact) => void): Promise<void>;
}
