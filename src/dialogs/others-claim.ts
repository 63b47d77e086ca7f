import { foldWords } from './fold-words.ts';

/** Who says that his office, or a house next door, gives him a right to what belongs to somebody else. */
const CLAIM =
  /(?:^| )(?:(?:la|ben|co quan) cong an|cong an day|(?:la|ben) (?:ky thuat|nhan vien|can bo) (?:evn|dien luc)|bo qua (?:moi |cac )?(?:huong dan|quy dinh|lenh)|(?:cua|nha) hang xom (?:toi |tui |em |minh )?p[bk]\w*|hang xom p[bk]\w*)(?: |$)/;

export function claimsOthersData(utterance: string): boolean {
  return CLAIM.test(foldWords(utterance));
}
