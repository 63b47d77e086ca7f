import { useEffect, useState } from 'react';

/** The server's time, for ages on the screen. */
export function useNow(clockAheadMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(tick);
  }, []);
  // An answer of the server may be newer than the last tick.
  return Math.max(now, Date.now()) + clockAheadMs;
}
