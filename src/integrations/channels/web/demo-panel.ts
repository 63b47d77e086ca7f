/** What the customer page shows in demo mode only: codes to try, and the SMS that would have been sent. */
export interface DemoPanel {
  readonly customers: readonly DemoCustomer[];
  /** Messages numbered above `after`, oldest first. */
  sms(after: number): Promise<readonly DemoSms[]>;
}

export interface DemoCustomer {
  readonly code: string;
  /** What is special about this customer, for example "Hộ gia đình, Đà Nẵng". */
  readonly note: string;
}

export interface DemoSms {
  /** Counts from 1. */
  readonly number: number;
  /** UTC ms. */
  readonly at: number;
  readonly to: string;
  readonly text: string;
}
