import type { Token } from './tokenize.ts';

/** Words that ask or bid wherever they stand in a clause. */
const ASKING: ReadonlySet<string> = new Set(
  (
    'nhiêu nhieu nhiu bn mấy may sao răng rang đâu dau mô gì gi j nào nao giờ ntn cách cach giúp giup giùm gium dùm dum ' +
    'cho xin hỏi hoi muốn muon cần can nhờ đề kiểm kt'
  ).split(' '),
);
/** Words that ask at the end of a clause; elsewhere they say no. */
const ASKING_LAST: ReadonlySet<string> = new Set(
  'không khong ko k kg hông hong hok hk hem chưa chua hả ha à'.split(' '),
);
const LAST = 3;

/** Whether the words of a clause ask or bid for something, as against telling of circumstances. */
export function asks(tokens: readonly Token[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const { lower } = tokens[i] as Token;
    if (ASKING.has(lower) || (i >= to - LAST && ASKING_LAST.has(lower))) return true;
  }
  return false;
}
