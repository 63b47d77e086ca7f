/** Money is whole đồng, energy is kWh, times are UTC ms, days are `YYYY-MM-DD` in Asia/Ho_Chi_Minh. */

export interface Customer {
  /** 13 characters, upper case. */
  readonly code: string;
  readonly name: string;
  /** Registered phone, `0…`; absent when none is on file. */
  readonly phone?: string;
  readonly email?: string;
  readonly address: string;
  readonly province: string;
  readonly district?: string;
  readonly commune?: string;
  /** First six characters of the code: the unit that serves the customer. */
  readonly unit: string;
  readonly feeder?: string;
  readonly transformer?: string;
  /** Group of `data/tariffs`, for example `household`. */
  readonly tariffGroup: string;
  readonly households: number;
  /** Somebody there depends on power for life or health: such customers are served before others. */
  readonly vulnerable?: boolean;
  readonly connection: 'connected' | 'disconnected_debt' | 'disconnected' | 'ended';
  /** Stamp of the import that wrote it. */
  readonly version: string;
}

export interface BillLine {
  readonly label: string;
  readonly kwh: number;
  /** đ per kWh before VAT. */
  readonly price: number;
  readonly amount: number;
}

export interface Bill {
  /** `<customer code>/<year>-<month>/<period number>`. */
  readonly id: string;
  readonly customerCode: string;
  /** `YYYY-MM`: the month the bill is for. */
  readonly month: string;
  /** Number of the billing period within the month, from 1. */
  readonly period: number;
  readonly from: string;
  readonly to: string;
  readonly readingOld: number;
  readonly readingNew: number;
  readonly multiplier: number;
  readonly kwh: number;
  readonly lines: readonly BillLine[];
  readonly amount: number;
  /** Percent, for example 8. */
  readonly vatRate: number;
  readonly vat: number;
  readonly total: number;
  readonly due: string;
  /** Day of payment; absent while owed. */
  readonly paidAt?: string;
  readonly version: string;
}

export interface Payment {
  readonly id: string;
  readonly customerCode: string;
  readonly billId?: string;
  readonly amount: number;
  /** UTC ms. */
  readonly at: number;
  readonly method: string;
  readonly reference?: string;
  readonly version: string;
}

export interface Outage {
  readonly id: string;
  readonly kind: 'planned' | 'incident';
  readonly state: 'scheduled' | 'ongoing' | 'restored' | 'cancelled';
  readonly unit: string;
  /** Area as the utility publishes it: streets, hamlets, transformers. */
  readonly area: string;
  readonly province: string;
  readonly district?: string;
  readonly communes: readonly string[];
  readonly feeders: readonly string[];
  /** UTC ms. */
  readonly from: number;
  /** Expected return, UTC ms; absent when nobody has said so. */
  readonly to?: number;
  /** Who says so, where that is known. */
  readonly toSource?: string;
  readonly reason?: string;
  readonly version: string;
  readonly updatedAt: number;
}

/** From the utility's schedule. Incidents are no records of the import: see `incidents/incident.ts`. */
export type PlannedOutage = Outage & { readonly kind: 'planned' };

export interface Ticket {
  /** Number that the customer is told, for example `SC261122-0007`. */
  readonly number: string;
  readonly kind: 'outage' | 'emergency' | 'billing' | 'meter' | 'service' | 'callback';
  readonly priority: 'normal' | 'high' | 'urgent';
  readonly state: 'open' | 'in_progress' | 'done';
  readonly conversationId?: string;
  readonly customerCode?: string;
  readonly place?: string;
  readonly phone?: string;
  readonly summary: string;
  readonly details: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** Oldest first; the last one is its state. */
  readonly history: readonly {
    /** UTC ms. */
    readonly at: number;
    readonly state: string;
    readonly note?: string;
    /** Who at the desk has done it; absent when the bot or an import has. */
    readonly by?: { readonly id: string; readonly name: string };
  }[];
  /** When what names the customer was taken out, UTC ms. */
  readonly redactedAt?: number;
}
