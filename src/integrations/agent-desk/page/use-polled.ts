import { useEffect, useState } from 'react';
import { useRefresh } from './use-refresh.ts';

export interface Polled<Answer> {
  /** `undefined` until the first answer. */
  readonly answer: Answer | undefined;
  /** The last read got no answer. */
  readonly hasFailed: boolean;
  refresh(): Promise<void>;
}

/** Who has nothing to look at yet does not wait for the next time. */
const AGAIN_MS = 3_000;

/** An answer of the server, read now and again every so often. `read` must stay the same function. */
export function usePolled<Answer>(
  read: () => Promise<Answer>,
  everyMs: number,
  onError: (error: unknown) => void,
): Polled<Answer> {
  const [answer, setAnswer] = useState<Answer>();
  const [hasFailed, setFailed] = useState(false);
  const refresh = useRefresh(() =>
    read().then(
      (latest) => {
        setAnswer(latest);
        setFailed(false);
      },
      (error: unknown) => {
        setFailed(true);
        onError(error);
      },
    ),
  );
  const isToTryAgain = hasFailed && answer === undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another `read` asks for another answer at once
  useEffect(() => {
    void refresh();
    const again = setInterval(refresh, everyMs);
    return () => clearInterval(again);
  }, [refresh, everyMs, read]);
  useEffect(() => {
    if (!isToTryAgain) {
      return undefined;
    }
    const again = setInterval(refresh, Math.min(AGAIN_MS, everyMs));
    return () => clearInterval(again);
  }, [isToTryAgain, refresh, everyMs]);
  return { answer, hasFailed, refresh };
}
