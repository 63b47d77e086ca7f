import type { CrisisFacts } from '../../../bot/crisis/crisis-message.ts';
import { crisisHeading } from '../../../bot/crisis/match-crisis.ts';
import type { CrisisPreview, CrisisTrial } from '../desk-api/crises.ts';
import { channelWords, intentWords } from '../desk-words.ts';
import { dateTimeWords } from './format.ts';

interface PreviewProps {
  readonly preview: CrisisPreview;
  readonly facts: CrisisFacts;
}

/** What customers and agents would see, and what is to be mended before. */
export function CrisisPreviewView({ preview, facts }: PreviewProps) {
  const { spoken, lengths, checks, tried } = preview;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="crisis-preview" aria-label="Tin khẩn sẽ hiện như sau" tabIndex={0}>
      {checks.length > 0 && (
        <ul className="crisis-checks" aria-label="Cần xem lại">
          {checks.map(({ level, words }) => (
            <li key={words} data-level={level}>
              <strong>{level === 'error' ? 'Phải sửa:' : 'Lưu ý:'}</strong> {words}
            </li>
          ))}
        </ul>
      )}
      <h3>Bot nói</h3>
      <p className="crisis-text crisis-spoken">{spoken}</p>
      <p className="quiet">{lengths.map(({ channel, words }) => `${channelWords(channel)}: ${words}`).join(' · ')}</p>
      <h3>Khung thông báo trên trang web</h3>
      <div className="crisis-banner" data-danger={facts.isDanger}>
        <strong>{crisisHeading(facts)}</strong>
        <p className="crisis-text">{facts.text}</p>
      </div>
      <h3>Câu mẫu của nhân viên</h3>
      <p className="crisis-text">{facts.text}</p>
      {tried !== undefined && (
        <>
          <h3>Câu đã thử</h3>
          <p>{trialWords(tried)}</p>
        </>
      )}
      <p>Hết hạn {dateTimeWords(facts.expiresAt)}: sau đó không ai thấy nữa.</p>
    </section>
  );
}

function trialWords(tried: CrisisTrial): string {
  switch (tried.by) {
    case 'emergency':
      return 'Bot chỉ nói lời an toàn: câu này báo nguy hiểm.';
    case 'nothing':
      return 'Bot không nói tin này: câu không thuộc loại đã chọn và không có từ khóa.';
    case 'intent':
      return `Bot nói tin này, vì hiểu là "${intentWords(tried.match)}".`;
    case 'keyword':
      return `Bot nói tin này, vì có từ khóa "${tried.match}".`;
  }
}
