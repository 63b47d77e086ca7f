import { foldWords } from './fold-words.ts';

/** What a few words mean as an answer, whatever was asked. `index` counts from 0; -1 is the last. */
export type ShortAnswer =
  | { readonly kind: 'yes' | 'no' | 'repeat' | 'help' }
  | { readonly kind: 'ordinal'; readonly index: number };

const YES =
  /^(?:da |u |uh |um |vang |ok |oke )*(?:co|dung|phai|u|uh|um|ok|oke|okay|vang|da|duoc|dc|dong y|roi|chac|xac nhan|co chu|dung roi|dung vay|phai roi|co luon|lam di|xem luon|tiep tuc|tiep di)(?: (?:a|nha|nhe|di|em|ban|luon|roi|do|co|chu|anh|chi))*$/;
const NO =
  /^(?:da )?(?:khong|ko|k|kh|hong|hok|hk|hem|hong co|khong co|ko co|khong phai|chua|khoi|thoi|khong can|ko can|thoi khoi|chua co|het roi|khong dau|khum)(?: (?:a|nha|nhe|em|ban|dau|can|nua|roi|cam on|anh|chi|co))*$/;
const REPEAT = /(?:^| )(?:nhac lai|noi lai|lap lai|lai lan nua|doc lai|noi gi vay|gui lai cau hoi)(?: |$)/;
const HELP =
  /^(?:help|tro giup|giup voi|huong dan|menu|giup em voi|ban lam duoc gi|em lam duoc gi|lam duoc gi|bot lam duoc gi|giup duoc gi)(?: .{0,12})?$/;
const ORDINALS: readonly (readonly [RegExp, number])[] = [
  [
    /^(?:(?:cai|so|muc|lua chon|phuong an|y|thu|cai thu|chon|chon so|chon cai|muc so|muc thu) )*(?:1|mot|nhat|dau|dau tien)(?: (?:a|nha|di|nhe))?$/,
    0,
  ],
  [
    /^(?:(?:cai|so|muc|lua chon|phuong an|y|thu|cai thu|chon|chon so|chon cai|muc so|muc thu) )*(?:2|hai|nhi)(?: (?:a|nha|di|nhe))?$/,
    1,
  ],
  [
    /^(?:(?:cai|so|muc|lua chon|phuong an|y|thu|cai thu|chon|chon so|chon cai|muc so|muc thu) )*(?:3|ba)(?: (?:a|nha|di|nhe))?$/,
    2,
  ],
  [
    /^(?:(?:cai|so|muc|lua chon|phuong an|y|thu|cai thu|chon|chon so|chon cai|muc so|muc thu) )*(?:4|bon|tu)(?: (?:a|nha|di|nhe))?$/,
    3,
  ],
  [
    /^(?:(?:cai|so|muc|lua chon|phuong an|y|thu|cai thu|chon|chon so|chon cai|muc so|muc thu) )*(?:5|nam)(?: (?:a|nha|di|nhe))?$/,
    4,
  ],
  [/^(?:cai|muc|y) (?:cuoi|chot|cuoi cung)(?: (?:a|nha|di|nhe))?$/, -1],
];

/** Reads "có", "không ạ", "cái thứ hai", "nhắc lại" and the like; anything longer is left to the classifier. */
export function readShortAnswer(utterance: string): ShortAnswer | undefined {
  const text = foldWords(utterance);
  if (text === '' || text.length > 60) {
    return undefined;
  }
  if (REPEAT.test(text)) {
    return { kind: 'repeat' };
  }
  if (HELP.test(text)) {
    return { kind: 'help' };
  }
  if (NO.test(text)) {
    return { kind: 'no' };
  }
  if (YES.test(text)) {
    return { kind: 'yes' };
  }
  const ordinal = ORDINALS.find(([pattern]) => pattern.test(text));
  return ordinal === undefined ? undefined : { kind: 'ordinal', index: ordinal[1] };
}
