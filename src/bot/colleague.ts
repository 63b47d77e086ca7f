/** An agent as a conversation names him. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
}
