import type { Reply } from '../../dialogs/reply.ts';
import type { Slots } from '../../dialogs/run-action.ts';
import { type Corporation, hotlineOf, type Utility } from '../load-utility.ts';
import { dayOf } from '../local-time.ts';

/** Who is in charge of the place, else of the code; `undefined` when neither says it. A place may be in the customer's own words. */
export function corporationFor(
  { place, customer_code: code }: Slots,
  now: number,
  utility: Utility,
): Corporation | undefined {
  const province = place?.split(/[,/]/).at(-1);
  return (
    (province === undefined ? undefined : utility.corporationOfPlace(province)) ??
    (code === undefined ? undefined : utility.corporationOfCode(code, dayOf(now)))
  );
}

/** Sends the customer to the corporation that can help; nothing when that is us, or when nobody knows. */
export function servedElsewhere(corporation: Corporation | undefined, { ours }: Utility): readonly Reply[] {
  if (corporation === undefined || corporation.id === ours.id) {
    return [];
  }
  const { hotline, hotline_tel } = hotlineOf(corporation);
  return [
    {
      kind: 'choices',
      text: `Nơi này do ${corporation.name} phục vụ. Anh/chị gọi ${hotline} để được xử lý nhanh nhất ạ.`,
      choices: [],
      links: [{ label: `Gọi ${hotline}`, href: `tel:${hotline_tel}` }],
    },
  ];
}
