/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { WORDS } from './words.ts';

interface LogProps {
  /** Changes when something is added at the end, or there is less room. */
  readonly mark: string;
  readonly isLoading: boolean;
  readonly children: ComponentChildren;
}

const NEAR = 80;
const MARGIN = 12;

/**
 * The conversation. What is new is shown from its beginning, for the first lines of an answer matter most; a visitor who
 * reads further up is left there. Pictures take their room later than they come: the place is kept.
 */
export function Log({ mark, isLoading, children }: LogProps) {
  const log = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const lastTop = useRef(0);
  const [isMoreBelow, setMoreBelow] = useState(false);

  const look = () => setMoreBelow(log.current !== null && endOf(log.current) - log.current.scrollTop > NEAR);
  const follow = () => {
    if (log.current !== null && isFollowing.current) {
      log.current.scrollTop = placeOfNews(log.current);
      lastTop.current = log.current.scrollTop;
    }
    look();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the end of the conversation changes
  useLayoutEffect(follow, [mark]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: watches the same element as long as it is there
  useEffect(() => {
    const sizes = new ResizeObserver(follow);
    for (const watched of [log.current, log.current?.firstElementChild]) {
      if (watched instanceof Element) {
        sizes.observe(watched);
      }
    }
    return () => sizes.disconnect();
  }, []);

  return (
    <div class="log-place">
      <div
        ref={log}
        class="log"
        role="log"
        aria-live="polite"
        aria-busy={isLoading}
        aria-label={WORDS.logLabel}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          const isAtNews = currentTarget.scrollTop >= placeOfNews(currentTarget) - NEAR;
          isFollowing.current = isAtNews || (isFollowing.current && currentTarget.scrollTop >= lastTop.current);
          lastTop.current = currentTarget.scrollTop;
          look();
        }}
      >
        <div class="log-content">{children}</div>
      </div>
      {isMoreBelow && (
        <button
          type="button"
          class="more-below"
          aria-label={WORDS.toEnd}
          onClick={() => {
            log.current?.scrollTo({ top: log.current.scrollHeight });
          }}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M6 9.5 12 15.5 18 9.5" fill="none" stroke="currentColor" stroke-width="2.4" />
          </svg>
        </button>
      )}
    </div>
  );
}

function endOf({ scrollHeight, clientHeight }: Element): number {
  return scrollHeight - clientHeight;
}

/** Where the newest answer begins at the top, or the end where all of it has room. */
function placeOfNews(log: HTMLElement): number {
  const start = log.querySelector<HTMLElement>('.start');
  const top = start === null ? Number.POSITIVE_INFINITY : start.offsetTop - MARGIN;
  return Math.max(0, Math.min(endOf(log), top));
}
