import { bareText } from './normalize.ts';

const listed = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that no Vietnamese message has, with marks or without. */
const CLEAR = listed(`
  power electricity electric electrical bill bills how much what when where which why who help please outage blackout
  house home pay paying payment meter speak english human person there fire smoke shock pole wire wires cable fallen
  down is are was have has need want high back for and of off light lights you your does did will today tomorrow
  yesterday street reading reconnect disconnected again still without since hours address phone number customer
  service talk somebody someone anyone this that them they been get got with from water broken cut invoice account
  report tell know check would could should any problem apartment room
`);
/** Words of English that may be Vietnamese ones without their marks, or stand in messages in Vietnamese, too. */
const SHARED = listed(`
  a an the my me i in on at to no not do it we he she can be by so or if as am go up out us our
  hello hi hey ok thanks thank sir madam app code agent operator dear
`);
const FEWEST_CLEAR = 2;
const LEAST_SHARE = 0.7;
/** Vietnamese is written with these; nobody writes English with them. */
const MARKED = /[\u0103\u00e2\u0111\u00ea\u00f4\u01a1\u01b0\u1ea0-\u1ef9]/iu;

/** Whether a message is written in English: its words are English ones, but for names and numbers. */
export function speaksEnglish(utterance: string): boolean {
  const lower = utterance.normalize('NFC').toLowerCase();
  if (MARKED.test(lower)) {
    return false;
  }
  const words = bareText(lower).match(/[a-z]+/g) ?? [];
  const clear = words.filter((word) => CLEAR.has(word)).length;
  const shared = words.filter((word) => SHARED.has(word)).length;
  return clear >= FEWEST_CLEAR && (clear + shared) / words.length >= LEAST_SHARE;
}
