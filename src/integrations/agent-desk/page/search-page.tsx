import { useCallback, useEffect, useRef, useState } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import type { SearchAnswer } from '../desk-api/search.ts';
import { callDesk } from './call-desk.ts';
import { Icon } from './icons.tsx';
import { SearchResults } from './search-results.tsx';
import { useRefresh } from './use-refresh.ts';

interface SearchPageProps {
  readonly onOpen: (conversationId: string) => void;
  readonly onError: (error: unknown) => void;
}

/** So long after the last key the search begins. */
const SETTLE_MS = 250;
const LAST_SEARCH = 'lang-nghe-desk-search';

/** Looks for conversations, customers and tickets while one types; marks need not be typed. */
export function SearchPage({ onOpen, onError }: SearchPageProps) {
  // Back from a conversation, the search is as it was left.
  const [text, setText] = useState(() => sessionStorage.getItem(LAST_SEARCH) ?? '');
  const [found, setFound] = useState<SearchAnswer>();
  const [isSearching, setIsSearching] = useState(false);
  const results = useRef<HTMLDivElement>(null);

  const read = useCallback(async () => {
    setIsSearching(true);
    await callDesk.search(text).then(setFound, onError);
    setIsSearching(false);
  }, [text, onError]);
  const refresh = useRefresh(read);

  useEffect(() => {
    sessionStorage.setItem(LAST_SEARCH, text);
    if (text.trim() === '') {
      setFound(undefined);
      return undefined;
    }
    const settle = setTimeout(refresh, SETTLE_MS);
    return () => clearTimeout(settle);
  }, [text, refresh]);

  function toResults(): void {
    results.current?.querySelector<HTMLElement>('[role="option"]')?.focus();
  }

  return (
    <main className="place-page">
      <h2 className="hidden-words">Tìm kiếm</h2>
      <SearchField
        className="search-field"
        aria-label="Tìm hội thoại, khách hàng, phiếu"
        value={text}
        onChange={setText}
        autoFocus
      >
        <Icon name="search" size={18} />
        <Input
          placeholder="Lời khách, mã khách hàng, tên, số điện thoại, số phiếu… không cần gõ dấu"
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault();
              toResults();
            }
          }}
        />
        <Button className="icon-button" aria-label="Xóa chữ đã gõ">
          <Icon name="close" size={16} />
        </Button>
      </SearchField>
      <p className="search-state quiet" role="status">
        {stateWords(text, found, isSearching)}
      </p>
      <div ref={results} className="search-found">
        {found !== undefined && <SearchResults found={found} onOpen={onOpen} onSearch={setText} />}
      </div>
    </main>
  );
}

function stateWords(text: string, found: SearchAnswer | undefined, isSearching: boolean): string {
  if (text.trim() === '') {
    return 'Gõ vài chữ để tìm. Phím mũi tên xuống để vào kết quả, Enter để mở, Esc để xóa.';
  }
  if (found === undefined) {
    return isSearching ? 'Đang tìm…' : '';
  }
  const count = found.conversations.length + found.customers.length + found.tickets.length;
  const more = found.isComplete ? '' : ' Chưa tìm hết trong thời gian cho phép: gõ thêm chữ để thu hẹp.';
  return `${count === 0 ? 'Không tìm thấy gì.' : `Tìm thấy ${count} mục.`}${more}`;
}
