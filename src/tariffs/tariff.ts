/** A day `YYYY-MM-DD` in Asia/Ho_Chi_Minh. Days compare as text. */
export type Day = string;

/** One price decision for households. Holds from its day until the next one begins. */
export interface HouseholdTariff {
  readonly decision: string;
  readonly from: Day;
  readonly source: string;
  /** Width in kWh of every tier but the last, which is open. */
  readonly widths: readonly number[];
  /** đ per kWh before VAT, one for each tier. */
  readonly prices: readonly number[];
  /** Price on a prepaid card, where the decision names one. */
  readonly prepaid?: number;
  /** Average retail price. */
  readonly average: number;
}

/** Prices of one group: one price for every hour, or three. */
export interface GroupPrices {
  readonly label: string;
  readonly normal: number;
  readonly offPeak?: number;
  readonly peak?: number;
}

/** One price decision for everybody but households. */
export interface GroupTariff {
  readonly decision: string;
  readonly from: Day;
  readonly source: string;
  readonly groups: Readonly<Record<string, GroupPrices>>;
}

/** A rate of VAT in percent; both days are included. */
export interface VatPeriod {
  readonly rate: number;
  readonly from: Day;
  readonly to: Day;
  readonly basis: string;
  readonly source: string;
}

/** Hours of a week; `to` before `from` runs past midnight. Days: 1 is Monday. */
export interface HourRange {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

export interface PeakHours {
  readonly decision: string;
  /** `decided`: published, not yet used for bills. */
  readonly state: 'in_force' | 'decided';
  readonly from?: Day;
  readonly decidedOn?: Day;
  readonly peak: readonly HourRange[];
  readonly offPeak: readonly HourRange[];
  readonly source: string;
}

/** Tiers that are decided and wait for the next price adjustment. */
export interface DecidedTiers {
  readonly decision: string;
  readonly decidedOn: Day;
  readonly widths: readonly number[];
  readonly percentOfAverage: readonly number[];
  readonly source: string;
}

export interface TenantNorm {
  readonly basis: string;
  readonly from: Day;
  readonly peoplePerHousehold: number;
  /** Tier, from 1, whose price undeclared tenants pay for every kWh. */
  readonly singlePriceTier: number;
  readonly source: string;
}

/** What a landlord may collect; fines in đồng. */
export interface LandlordRule {
  readonly basis: string;
  readonly from: Day;
  readonly fineFrom: number;
  readonly fineTo: number;
  readonly source: string;
}

export interface Support {
  readonly basis: string;
  readonly from: Day;
  readonly kwh: number;
  readonly policyHouseholdLimitKwh: number;
  readonly source: string;
}

/** A past cut of the amount before VAT. */
export interface Reduction {
  readonly id: string;
  readonly label: string;
  readonly basis: string;
  readonly condition: string;
  /** `YYYY-MM` */
  readonly billMonths: readonly string[];
  readonly upToKwh: number;
  readonly percentUpTo: number;
  readonly percentAbove: number;
  readonly source: string;
}

/** Everything of `data/tariffs`. */
export interface Tariffs {
  /** When the price table was last compared with the published one. */
  readonly verifiedOn: Day;
  /** Oldest first. */
  readonly households: readonly HouseholdTariff[];
  /** Oldest first. */
  readonly groups: readonly GroupTariff[];
  readonly vat: readonly VatPeriod[];
  readonly peakHours: readonly PeakHours[];
  readonly decidedTiers: DecidedTiers;
  readonly tenants: TenantNorm;
  readonly landlord: LandlordRule;
  readonly support: Support;
  readonly reductions: readonly Reduction[];
}
