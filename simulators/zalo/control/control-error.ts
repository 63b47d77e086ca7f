/** The person or test at the controls asked for something that cannot be; the message says what to do instead. */
export class ControlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ControlError';
  }
}
