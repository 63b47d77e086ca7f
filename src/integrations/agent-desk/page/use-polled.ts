import { useEffect, useState } from 'react';
import { useRefresh } from './use-refresh.ts';

export interface Polled<Answer> {
  /** `undefined` until the first answer. */
  readonly answer: Answer | undefined;
  refresh(): Promise<void>;
}

/** An answer of the server, read now and again every so often. `read` must stay the same function. */
export function usePolled<Answer>(
  read: () => Promise<Answer>,
  everyMs: number,
  onError: (error: unknown) => void,
): Polled<Answer> {
  const [answer, setAnswer] = useState<Answer>();
  const refresh = useRefresh(() => read().then(setAnswer, onError));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another `read` asks for another answer at once
  useEffect(() => {
    void refresh();
    const again = setInterval(refresh, everyMs);
    return () => clearInterval(again);
  }, [refresh, everyMs, read]);
  return { answer, refresh };
}
