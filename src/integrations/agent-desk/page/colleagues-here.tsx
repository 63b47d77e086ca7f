import { useEffect, useState } from 'react';
import type { ColleagueHere } from '../desk-api/live.ts';
import type { Live } from './use-live.ts';

/** Who else has this conversation open, and who is writing in it. */
export function ColleaguesHere({ id, live }: { readonly id: string; readonly live: Live }) {
  const [here, setHere] = useState<readonly ColleagueHere[]>([]);
  useEffect(
    () =>
      live.subscribe((news) => {
        if (news.type === 'colleagues' && news.conversationId === id) {
          setHere(news.here);
        }
      }),
    [id, live],
  );
  if (here.length === 0) {
    return null;
  }
  return (
    <p className="colleagues-here" role="status">
      {here.map(({ name, isTyping }) => `${name} ${isTyping ? 'đang viết…' : 'đang xem'}`).join(' · ')}
    </p>
  );
}
