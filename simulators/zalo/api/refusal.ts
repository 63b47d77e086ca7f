import { OA_ERRORS, TEMPLATE_ERRORS } from './error-codes.ts';

/** An application error: HTTP 200 with `error != 0`. [MULTI] */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** An error of the OA API; `detail` names the field or the limit. */
export function oaRefusal(code: keyof typeof OA_ERRORS, detail?: string): Refusal {
  return new Refusal(code, detail === undefined ? OA_ERRORS[code] : `${OA_ERRORS[code]}: ${detail}`);
}

/** An error of the template channel, whose numbers mean other things than those of the OA API. */
export function templateRefusal(code: keyof typeof TEMPLATE_ERRORS, detail?: string): Refusal {
  return new Refusal(code, detail === undefined ? TEMPLATE_ERRORS[code] : `${TEMPLATE_ERRORS[code]}: ${detail}`);
}
