import { useCallback, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { LearningAnswer } from '../desk-api/learning.ts';
import { intentWords } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { dateTimeWords } from './format.ts';
import { useIntents } from './intent-field.tsx';
import { LoadingPage } from './loading-page.tsx';
import { useToasts } from './toasts.tsx';
import { UnclearRow } from './unclear-row.tsx';

interface LearningProps {
  readonly now: number;
  readonly onOpen: (conversationId: string) => void;
  readonly onError: (error: unknown) => void;
}

/** What the bot did not understand: a shift leader says what it means, by one press. */
export function LearningPage({ now, onOpen, onError }: LearningProps) {
  const toasts = useToasts();
  const intents = useIntents(onError);
  const [answer, setAnswer] = useState<LearningAnswer>();
  const read = useCallback(() => callDesk.learning().then(setAnswer, onError), [onError]);
  useEffect(() => {
    void read();
  }, [read]);

  async function decide(words: string, intent?: string): Promise<void> {
    try {
      await callDesk.decideWords(words, intent);
      toasts.done(intent === undefined ? 'Đã bỏ qua.' : `Đã gắn nhãn: ${intentWords(intent)}.`);
    } catch (error) {
      onError(error);
    }
    await read();
  }

  if (answer === undefined) {
    return <LoadingPage words="Đang tải" />;
  }
  return (
    <main className="place-page learning">
      <h2>Bot học</h2>
      <p className="quiet">
        Những câu bot không hiểu, hỏi lại hai lần, hoặc nhân viên báo hiểu nhầm. Gắn nhãn rồi, người soạn dữ liệu đưa
        vào bằng <code>npm run nlu -- review</code>.
      </p>
      {answer.groups.length === 0 && <p>Không còn câu nào chờ xem.</p>}
      <ul className="unclear-list" aria-label="Câu chờ xem">
        {answer.groups.map((group) => (
          <UnclearRow key={group.words} {...{ group, intents, now, onOpen }} onDecide={decide} />
        ))}
      </ul>
      {answer.hidden > 0 && <p className="quiet">Còn {answer.hidden} câu nữa, ít gặp hơn.</p>}
      {answer.decided.length > 0 && (
        <section aria-label="Đã xem gần đây">
          <h3>Đã xem gần đây</h3>
          <ul className="decided-list">
            {answer.decided.map(({ words, text, intent, times, decidedBy, decidedAt }) => (
              <li key={words}>
                <span className="decided-text">{text}</span>
                <span className="quiet">
                  {intent === undefined ? 'Bỏ qua' : intentWords(intent)} · {times} lần · {decidedBy}{' '}
                  {dateTimeWords(decidedAt)}
                </span>
                {intent !== undefined && (
                  <Button
                    className="button secondary small"
                    aria-label={`Bỏ nhãn của câu: ${text}`}
                    onPress={() => decide(words)}
                  >
                    Bỏ nhãn
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}
