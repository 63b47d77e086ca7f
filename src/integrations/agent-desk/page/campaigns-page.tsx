import { useState } from 'react';
import { Button, ProgressBar } from 'react-aria-components';
import type { CampaignAnswer } from '../desk-api/campaigns.ts';
import { CAMPAIGN_STATE_WORDS, campaignFailureWords } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { clockTime, dateTimeWords } from './format.ts';
import { LoadingPage } from './loading-page.tsx';
import { usePolled } from './use-polled.ts';

interface CampaignsProps {
  readonly onError: (error: unknown) => void;
  readonly onReadError: (error: unknown) => void;
}

const EVERY_MS = 3_000;

/** Notices that go to many: how far each has come, what did not arrive and why, and the brakes. */
export function CampaignsPage({ onError, onReadError }: CampaignsProps) {
  const { answer, refresh, hasFailed } = usePolled(callDesk.campaigns, EVERY_MS, onReadError);
  const [stopping, setStopping] = useState<CampaignAnswer>();
  if (answer === undefined) {
    return <LoadingPage words="Đang tải các đợt gửi tin" hasFailed={hasFailed} />;
  }
  const change = (id: string, state: 'running' | 'paused') => callDesk.changeCampaign(id, state).then(refresh, onError);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list without buttons must be scrolled by keys, too
    <main className="place-page campaigns" tabIndex={0}>
      <h2>Gửi tin</h2>
      <p className="quiet">
        Tin báo cho khách đã đăng ký: lịch cúp điện, hóa đơn, ngày ghi chỉ số. Hệ thống tự lập đợt gửi khi dữ liệu đổi,
        và không gửi vào ban đêm.
      </p>
      {answer.campaigns.length === 0 && <p>Chưa có đợt gửi tin nào.</p>}
      <ul className="open-list" aria-label="Các đợt gửi tin">
        {answer.campaigns.map((campaign) => (
          <CampaignRow key={campaign.id} campaign={campaign} onChange={change} onStop={() => setStopping(campaign)} />
        ))}
      </ul>
      {stopping !== undefined && (
        <FormDialog
          {...{ isOpen: true, isComplete: true, title: 'Dừng hẳn đợt gửi tin', submitWords: 'Dừng hẳn' }}
          onClose={() => setStopping(undefined)}
          onSubmit={async () => {
            await callDesk.changeCampaign(stopping.id, 'stopped');
            await refresh();
          }}
        >
          <p>
            {stopping.title}. Những khách chưa được báo sẽ không nhận tin này nữa, và không gửi lại được. Tin đã gửi thì
            không thu hồi được.
          </p>
        </FormDialog>
      )}
    </main>
  );
}

interface RowProps {
  readonly campaign: CampaignAnswer;
  readonly onChange: (id: string, state: 'running' | 'paused') => void;
  readonly onStop: () => void;
}

function CampaignRow({ campaign, onChange, onStop }: RowProps) {
  const { id, title, state, of, total, seen, waiting, given, told, failures, createdAt, expectedAt } = campaign;
  const isOpen = state === 'running' || state === 'paused';
  const gone = Math.max(0, seen - waiting);
  return (
    <li className="open-row campaign-row">
      <span className="open-words">
        <strong>{title}</strong>
        <span className="chip" data-state={state}>
          {CAMPAIGN_STATE_WORDS[state]}
        </span>
        <span className="quiet">lập lúc {dateTimeWords(createdAt)}</span>
        {isOpen && (
          <ProgressBar
            className="campaign-progress"
            aria-label={`Tiến độ: ${title}`}
            value={gone}
            maxValue={Math.max(total, gone, 1)}
          >
            {({ percentage = 0 }) => (
              <span className="campaign-bar">
                <span style={{ width: `${percentage}%` }} />
              </span>
            )}
          </ProgressBar>
        )}
        <span className="incident-facts">
          Đã xem {seen.toLocaleString('vi-VN')} / {total.toLocaleString('vi-VN')}{' '}
          {of === 'accounts' ? 'đơn vị' : 'đăng ký'} · đã báo {told.toLocaleString('vi-VN')}
          {waiting > 0 && ` · chờ gửi ${waiting.toLocaleString('vi-VN')}`}
          {given > 0 && ` · đang gửi ${given.toLocaleString('vi-VN')}`}
          {expectedAt !== undefined && ` · dự kiến xong lúc ${clockTime(expectedAt)}`}
        </span>
        {failures.length > 0 && (
          <span className="incident-facts quiet">
            Không báo được:{' '}
            {failures
              .map(({ reason, count }) => `${campaignFailureWords(reason)} ${count.toLocaleString('vi-VN')}`)
              .join(' · ')}
          </span>
        )}
      </span>
      {isOpen && (
        <span className="open-acts">
          <Button className="button secondary" onPress={() => onChange(id, state === 'running' ? 'paused' : 'running')}>
            {state === 'running' ? 'Tạm dừng' : 'Gửi tiếp'}
          </Button>
          <Button className="button secondary" onPress={onStop}>
            Dừng hẳn…
          </Button>
        </span>
      )}
    </li>
  );
}
