/** A refusal in Direct Line's words: becomes `{ error: { code, message } }` with this status. */
export class DirectLineError extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds after which the client may try again. */
  readonly retryAfterS?: number;

  constructor(status: number, code: string, message: string, retryAfterS?: number) {
    super(message);
    this.name = 'DirectLineError';
    this.status = status;
    this.code = code;
    if (retryAfterS !== undefined) {
      this.retryAfterS = retryAfterS;
    }
  }
}
