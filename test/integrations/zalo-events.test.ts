import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseEvent, type ZaloEvent } from '../../src/integrations/channels/zalo/parse.ts';
import { appSecretProof, eventMac, isSigned } from '../../src/integrations/channels/zalo/verify.ts';
import { CREDENTIALS } from '../support/zalo-bench.ts';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'zalo');
const bytes = (name: string) => readFileSync(join(FOLDER, `${name}.json`));
const OA = CREDENTIALS.oaId;
const read = (name: string): ZaloEvent => parseEvent(JSON.parse(bytes(name).toString('utf8')), OA);
const ID = '96d3cdf3af150460909a';
const PHOTO = { kind: 'image', url: 'https://f12.photo.zdn.vn/a.jpg' };

describe('an event of Zalo', () => {
  test.each<[string, object]>([
    ['user_send_text', { text: 'Tra cứu tiền điện tháng 11' }],
    ['user_send_image', { text: 'Công tơ nhà em', attachments: [PHOTO] }],
    ['user_send_image_without_text', { attachments: [PHOTO] }],
    ['user_send_gif', { attachments: [{ kind: 'image', url: 'https://f12.photo.zdn.vn/a.gif' }] }],
    ['user_send_link', { text: 'https://www.dienluc.example/lich' }],
    ['user_send_audio', { attachments: [{ kind: 'audio', url: 'https://voice.zdn.vn/a.amr' }] }],
    ['user_send_video', { attachments: [{ kind: 'video', url: 'https://v.zdn.vn/a.mp4', name: 'Tia lửa' }] }],
    ['user_send_sticker', { attachments: [{ kind: 'sticker', url: 'https://zalo-api.zdn.vn/s.png' }] }],
    ['user_send_location', { attachments: [{ kind: 'location', latitude: 10.535, longitude: 106.413 }] }],
    ['user_send_business_card', { attachments: [{ kind: 'contact', name: 'Nguyễn Văn An · 84912345678' }] }],
    ['user_send_file', { attachments: [{ kind: 'file', url: 'https://file.zdn.vn/1.pdf', name: 'don-de-nghi.pdf' }] }],
    ['user_submit_info', { text: 'Nguyễn Văn An, 0912345678, 12 Nguyễn Huệ, Tân Lân, Tây Ninh' }],
    ['user_submit_info_older', { text: 'Nguyễn Văn An, 0912345678, 12 Nguyễn Huệ, Tân Lân, Cần Đước, Long An' }],
  ])('%s is what the customer says', (name, content) => {
    expect(read(name)).toMatchObject({
      kind: 'customer',
      conversationId: `zalo:${OA}:2460000000000000003`,
      at: 1_763_769_600_123,
      content,
    });
  });

  test('has a key by name and message id, or by name, customer and time', () => {
    const keyOf = (name: string) => (read(name) as { key?: string }).key;
    expect(keyOf('user_send_text')).toBe(`zalo/${OA}/user_send_text/${ID}`);
    expect(keyOf('user_received_message')).toBe(`zalo/${OA}/user_received_message/${ID}`);
    expect(keyOf('follow')).toBe(`zalo/${OA}/follow/2460000000000000003/1763769600123`);
  });

  test('of a visitor without Zalo names both of his ids', () => {
    expect(read('anonymous_send_text')).toMatchObject({ conversationId: `zalo:${OA}:anonymous:anon77:c9f0` });
  });

  test('tells who wrote for the OA', () => {
    expect(read('oa_send_text')).toMatchObject({ kind: 'echo', messageId: ID, text: 'Dạ vâng ạ' });
    expect(read('oa_send_text')).not.toHaveProperty('adminId');
    expect(read('oa_send_text_by_human')).toMatchObject({ kind: 'echo', adminId: '7100000000000000007' });
    expect(read('oa_send_image')).toMatchObject({ kind: 'echo', conversationId: `zalo:${OA}:2460000000000000003` });
  });

  test.each(['user_received_message', 'user_received_message_other_way'])(
    '%s is a receipt, whoever stands as sender',
    (name) => {
      const conversationId = `zalo:${OA}:2460000000000000003`;
      expect(read(name)).toMatchObject({ kind: 'receipt', state: 'delivered', messageIds: [ID], conversationId });
    },
  );

  test('user_seen_message names all messages that were read', () => {
    expect(read('user_seen_message')).toMatchObject({ kind: 'receipt', state: 'read', messageIds: ['a1', 'a2'] });
  });

  test.each([
    ['follow', 'interaction'],
    ['user_click_chatnow', 'interaction'],
    ['user_withdraw', 'withdrawal'],
    ['user_reply_consent', 'call_consent'],
    ['oa_send_consent', 'call_consent'],
    ['unfollow', 'ignored'],
    ['user_reacted_message', 'ignored'],
    ['add_user_to_tag', 'ignored'],
    ['user_send_group_text', 'ignored'],
  ])('%s is of kind %s', (name, kind) => {
    expect(read(name).kind).toBe(kind);
  });

  test('of a consent to calls says where it stands', () => {
    expect([read('user_reply_consent'), read('oa_send_consent')]).toMatchObject([
      { state: 'ALLOW' },
      { state: 'EXPIRED' },
    ]);
  });

  test('of another OA, or of a name that nobody knows, is nothing for us', () => {
    const event = JSON.parse(bytes('user_send_text').toString('utf8'));
    expect(parseEvent(event, '999').kind).toBe('foreign');
    expect(parseEvent({ ...event, event_name: 'user_does_magic' }, OA).kind).toBe('unknown');
    expect(parseEvent({ ...event, message: undefined }, OA).kind).toBe('malformed');
    expect(parseEvent({}, OA).kind).toBe('malformed');
    expect(parseEvent(undefined, OA).kind).toBe('malformed');
  });

  test('with its time as a number, and with an attachment that nobody knows, is read', () => {
    const event = JSON.parse(bytes('user_send_sticker').toString('utf8'));
    event.timestamp = 1_763_769_600_123;
    event.message.attachments = [{ type: 'hologram', payload: 7 }];
    expect(parseEvent(event, OA)).toMatchObject({
      at: 1_763_769_600_123,
      content: { attachments: [{ kind: 'file' }] },
    });
  });

  test('every fixture is read as something', () => {
    const names = readdirSync(FOLDER).map((file) => file.replace('.json', ''));
    const unread = names.filter((name) => ['unknown', 'malformed', 'foreign'].includes(read(name).kind));
    expect([names.length >= 29, unread]).toEqual([true, []]);
  });
});

describe('the signature', () => {
  const body = bytes('user_send_text');
  const parts = { ...CREDENTIALS, timestamp: '1763769600123' };
  const MAC = '351d23574d3c18a2ebadac8bccb9e679f4b65931cc911d8a38399d041ed7a66e';

  test('reproduces the known vector over 296 bytes', () => {
    expect([body.length, eventMac(body, parts)]).toEqual([296, MAC]);
  });

  test.each([`mac=${MAC}`, MAC, `mac = ${MAC}`, `mac=${MAC.toUpperCase()}`])('is taken as %s', (header) => {
    expect(isSigned(body, header, parts)).toBe(true);
  });

  test.each([undefined, '', 'mac=', `mac=${MAC.slice(1)}`, `mac=${'0'.repeat(64)}`, 'đ'])(
    'is refused as %s',
    (header) => {
      expect(isSigned(body, header, parts)).toBe(false);
    },
  );

  test('fails when a byte, the time or the secret is another', () => {
    const other = Buffer.from(body.toString('utf8').replace('11"', '12"'));
    expect(isSigned(other, MAC, parts)).toBe(false);
    expect(isSigned(body, MAC, { ...parts, timestamp: '1763769600124' })).toBe(false);
    expect(isSigned(body, MAC, { ...parts, oaSecretKey: CREDENTIALS.appSecret })).toBe(false);
  });

  test('the proof of the app secret reproduces its vector', () => {
    expect(appSecretProof('SIM_ACCESS_TOKEN', 'SIM_APP_SECRET')).toBe(
      '6941b4dde014af5147d222dad3501a3a49758dc0effea0296c32c5a480d46b83',
    );
  });
});
