import { useRef, useState } from 'react';
import type { ActRequest, PersonalAct } from '../desk-api/acts.ts';
import { callDesk, DeskError, newActKey } from './call-desk.ts';
import { useToasts } from './toasts.tsx';

/** What changes who has the word, or when; writing has its own way. */
export type Move = Exclude<PersonalAct, 'say' | 'note' | 'see_alarm'>;

type Wish<Name extends Move> = Omit<ActRequest<Name>, 'conversationId' | 'key' | 'seenSeq'>;

/** Throws when the move is refused. */
export type MakeMove = <Name extends Move>(name: Name, wish: Wish<Name>) => Promise<void>;

/** A claim needs no word: the screen changes at once. */
const DONE_WORDS: Record<Exclude<Move, 'claim'>, string> = {
  release: 'Đã trả cuộc này về cho bot.',
  requeue: 'Đã chuyển cuộc này về hàng chờ.',
  transfer: 'Đã chuyển cuộc này cho đồng nghiệp.',
  reassign: 'Đã giao cuộc này.',
  close: 'Đã kết thúc cuộc này.',
  snooze: 'Đã để cuộc này lại sau.',
  wake: 'Cuộc này đã trở lại danh sách.',
  call_back: 'Đã lập phiếu gọi lại và báo cho khách.',
};

/** Moves that are refused when something newer stands in the conversation than the agent has seen. */
const ON_SCREEN: ReadonlySet<Move> = new Set(['transfer', 'requeue', 'close', 'snooze']);

/** What the desk may have done all the same. */
const HAS_NO_ANSWER: ReadonlySet<string> = new Set(['offline', 'internal']);

interface MovesDeps {
  readonly id: string;
  readonly seenSeq: number;
  readonly onDone: (move: Move) => void;
  readonly onAfter: () => Promise<unknown>;
}

/** Makes moves in one conversation, one at a time. */
export function useMoves({ id, seenSeq, onDone, onAfter }: MovesDeps): {
  readonly isBusy: boolean;
  readonly makeMove: MakeMove;
} {
  const toasts = useToasts();
  const [isBusy, setIsBusy] = useState(false);

  /** The last wish that has no answer yet: made again as it was, it is the same act. */
  const unanswered = useRef<{ readonly wish: string; readonly key: string }>(undefined);

  const makeMove: MakeMove = async (name, wish) => {
    const asked = JSON.stringify([name, wish]);
    const key = unanswered.current?.wish === asked ? unanswered.current.key : newActKey();
    unanswered.current = { wish: asked, key };
    setIsBusy(true);
    try {
      const request = { ...wish, conversationId: id, key, ...(ON_SCREEN.has(name) && { seenSeq }) };
      await callDesk.act(name, request as ActRequest<typeof name>);
      unanswered.current = undefined;
      if (name !== 'claim') {
        toasts.done(DONE_WORDS[name as Exclude<Move, 'claim'>]);
      }
      onDone(name);
    } catch (error) {
      if (!(error instanceof DeskError && HAS_NO_ANSWER.has(error.code))) {
        unanswered.current = undefined;
      }
      throw error;
    } finally {
      setIsBusy(false);
      await onAfter();
    }
  };
  return { isBusy, makeMove };
}
