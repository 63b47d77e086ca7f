import type { Attachment, CustomerContent } from '../../../bot/message.ts';
import { contactCardSchema, type MessageEvent, submittedInfoSchema, type ZaloAttachment } from './event-schema.ts';

/** What the customer said, or sent; nothing at all is an empty object. */
export function contentOf({ message }: MessageEvent): CustomerContent {
  const text = clean(message.text);
  const [first] = message.attachments ?? [];
  const card = first?.type === 'link' ? contactCardOf(first) : undefined;
  if (card !== undefined) {
    return { attachments: [{ kind: 'contact', name: [text, card.phone].filter(isSet).join(' · ') }] };
  }
  const links = (message.attachments ?? []).filter(({ type }) => type === 'link').map(({ payload }) => payload?.url);
  const said = [text, ...links.filter((url) => isSet(url) && text?.includes(url) !== true)].filter(isSet).join(' ');
  const attachments = (message.attachments ?? []).flatMap(toAttachment);
  return { ...(said !== '' && { text: said }), ...(attachments.length > 0 && { attachments }) };
}

const KINDS: Readonly<Record<string, Attachment['kind']>> = {
  image: 'image',
  photo: 'image',
  gif: 'image',
  video: 'video',
  audio: 'audio',
  sticker: 'sticker',
  file: 'file',
  location: 'location',
};

function toAttachment({ type, payload }: ZaloAttachment): readonly Attachment[] {
  if (type === 'link') {
    return [];
  }
  const kind = KINDS[type] ?? 'file';
  const place = kind === 'location' ? placeOf(payload?.coordinates) : {};
  const name = clean(payload?.name ?? payload?.description);
  const url = payload?.url ?? payload?.thumbnail;
  return [{ kind, ...(isSet(url) && { url }), ...(name !== undefined && { name }), ...place }];
}

// Both coordinates are strings.
function placeOf(given: NonNullable<ZaloAttachment['payload']>['coordinates']): Partial<Attachment> {
  const latitude = Number(given?.latitude ?? Number.NaN);
  const longitude = Number(given?.longitude ?? Number.NaN);
  const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isPlace ? { latitude, longitude } : {};
}

/** The description of a shared contact is itself JSON. */
function contactCardOf({ payload }: ZaloAttachment): { readonly phone?: string } | undefined {
  try {
    const parsed = contactCardSchema.safeParse(JSON.parse(payload?.description ?? ''));
    if (!parsed.success || (!isSet(parsed.data.phone) && !isSet(parsed.data.qrCodeUrl))) {
      return undefined;
    }
    return isSet(parsed.data.phone) ? { phone: parsed.data.phone } : {};
  } catch {
    return undefined;
  }
}

/** What the customer shared on a card that asked for it, as if he had written it. It proves nothing about him. */
export function submittedInfoOf(event: unknown): CustomerContent | undefined {
  const parsed = submittedInfoSchema.safeParse(event);
  if (!parsed.success) {
    return undefined;
  }
  const { name, phone, full_address: full, ...flat } = parsed.data.info;
  const place = isSet(full)
    ? [full.user_address, full.user_ward, full.user_city]
    : [flat.address, flat.ward, flat.district, flat.city];
  const said = [clean(name), localPhone(phone), ...place.map(clean)].filter(isSet).join(', ');
  return said === '' ? undefined : { text: said };
}

function localPhone(phone: string | null | undefined): string | undefined {
  return phone?.replace(/^\+?84/, '0');
}

function clean(text: string | null | undefined): string | undefined {
  const normal = text?.normalize('NFC') ?? '';
  return normal.trim() === '' ? undefined : normal;
}

function isSet<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null && value !== '';
}
