/**
 * `sms_unreachable`, `sms_busy`: surely not sent. `sms_refused`: the gateway will say no again. `sms_unknown`: perhaps
 * sent, the answer was lost.
 */
export class SmsError extends Error {
  override readonly name = 'SmsError';
  readonly code: 'sms_refused' | 'sms_unreachable' | 'sms_busy' | 'sms_unknown';

  constructor(code: SmsError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
