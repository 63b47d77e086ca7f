/** A reason not to start that the operator can mend: printed as one sentence, exit code 1. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code = 'cannot_start';
}
