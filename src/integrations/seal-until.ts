import { createTextSeal, deriveKey } from './text-seal.ts';

/** What only we can read and nobody can change, and what means nothing after its time: for links that nothing is kept for. */
export interface UntilSeal<Subject> {
  /** `until`: from then on it opens no more, UTC ms. */
  seal(subject: Subject, until: number): string;
  /** `undefined`: not from us, or too old. */
  open(token: string, now: number): Subject | undefined;
}

/** `use`: what the links are for; those for something else do not open. */
export function createUntilSeal<Subject>(secretKey: string, use: string): UntilSeal<Subject> {
  const seal = createTextSeal(deriveKey(secretKey, `${use}/key`));
  return {
    seal: (subject, until) => seal.seal(JSON.stringify({ subject, until }), use),
    open(token, now) {
      const opened = seal.open(token, use);
      if (opened === undefined) {
        return undefined;
      }
      const { subject, until } = JSON.parse(opened) as { readonly subject: Subject; readonly until: number };
      return until > now ? subject : undefined;
    },
  };
}
