import { describe, expect, test } from '@jest/globals';
import { createEntityExtractor } from '../../../src/nlu/entities/extract-entities.ts';
import { DEFAULT_PLACES_FILE } from '../../../src/nlu/load-model.ts';
import { loadPlaces } from '../../../src/nlu/load-places.ts';
import { namesNoMonth } from '../../../src/nlu/names-no-month.ts';
import { prepare } from '../../../src/nlu/normalize.ts';
import { tokenize } from '../../../src/nlu/tokenize.ts';
import type { Entity, EntityType } from '../../../src/nlu/understanding.ts';

const extract = createEntityExtractor(loadPlaces(DEFAULT_PLACES_FILE));
/** A Sunday. */
const NOW = Date.parse('2026-11-22T04:00:00Z');

function entitiesOf(utterance: string, expects: readonly EntityType[] = [], now = NOW): Entity[] {
  const text = prepare(utterance);
  return extract({ text, tokens: tokenize(text), context: { now, expects } });
}

const valuesOf = (type: EntityType, utterance: string, expects?: readonly EntityType[]): string[] =>
  entitiesOf(utterance, expects)
    .filter((entity) => entity.type === type)
    .map((entity) => (entity.problem === undefined ? entity.value : `${entity.value} ${entity.problem}`));

describe('e-mail addresses', () => {
  test.each([
    ['gửi vào Lan.Nguyen1990@gmail.com giúp chị', 'lan.nguyen1990@gmail.com'],
    ['mail an@ctyabc.com.vn.', 'an@ctyabc.com.vn'],
    ['mail của em là lan@gmail', ''],
    ['gọi @lan nhé', ''],
  ])('%s', (utterance, value) => {
    expect(valuesOf('email', utterance).join()).toBe(value);
  });

  test('keep what stands in them from other grammars', () => {
    expect(entitiesOf('0912345678@gmail.com').map(({ type }) => type)).toEqual(['email']);
  });
});

describe('unit codes', () => {
  test.each([
    ['lịch cúp điện PB0606', 'PB0606'],
    ['lich cup dien pb 06.06 mai', 'PB0606'],
    ['đơn vị PKO2OO', 'PK0200'],
    ['mã đơn vị PB06 tuần này', 'PB06'],
    ['PE0401 có cúp không', 'PE0401'],
    ['pa02ck', 'PA02CK'],
    ['hn 2026 mất điện', ''],
    ['pb 12 ngày', ''],
    ['mã PB06010001234', ''],
    ['PB0601 000 1234', ''],
    ['PB060', ''],
    ['xpb0606', ''],
  ])('%s', (utterance, value) => {
    expect(valuesOf('unit_code', utterance).join()).toBe(value);
  });
});

describe('customer codes', () => {
  test.each([
    ['mã của chị là PB06010001234 nha', 'PB06010001234'],
    ['ma kh pb 0602 0098765', 'PB06020098765'],
    ['PB11.02.0043210, tháng này bao nhiêu', 'PB11020043210'],
    ['PB0601O0O1234', 'PB06010001234'],
    ['pa02ck0012345', 'PA02CK0012345'],
    ['điểm đo PB06010001234001', 'PB06010001234'],
    ['p b không sáu không một không không không một hai ba bốn', 'PB06010001234'],
    ['pê bê 0601 0001234', 'PB06010001234'],
    ['PE04000123456', 'PE04000123456'],
    ['PB0601000123', 'PB0601000123 too_short'],
    ['PB060100012345', 'PB060100012345 too_long'],
    ['PB06010001234 0912345678', 'PB06010001234'],
    ['PB0601 0001 234 không thấy hóa đơn', 'PB06010001234'],
    ['mã PB06O1OOO1234', 'PB06010001234'],
    ['mã pê bê, không sáu, không một, ba số không, một hai ba tư', 'PB06010001234'],
    ['pờ bờ không sáu không một rồi ba số không rồi một hai ba bốn', 'PB06010001234'],
    ['pê a hai mươi hai tê ét xì không không bốn một tám năm bảy', 'PA22TS0041857'],
    ['pê em mờ không ba không không không năm một chín hai tám bốn', 'PM03000519284'],
    ['pe en no khong mot ba so khong ba so tam ba so chin', 'PN01000888999'],
    ['pc07 đ đ 0301256', 'PC07DD0301256'],
    ['ddieenj nhaf PC06EE0088413 bao nhiêu', 'PC06EE0088413'],
  ])('reads %s', (utterance, code) => {
    expect(valuesOf('customer_code', utterance)).toEqual([code]);
  });

  test.each(['tháng này 13 ký', 'pc vĩnh long ơi', 'pin con thỏ 2000000'])('finds none in %s', (utterance) => {
    expect(valuesOf('customer_code', utterance)).toEqual([]);
  });

  test('takes no phone number out of a code', () => {
    expect(entitiesOf('PB05010901234567').map((entity) => entity.type)).toEqual(['customer_code']);
  });
});

test('the digits of a customer code are no number, whatever was asked', () => {
  expect(entitiesOf('PB06010001234', ['kwh', 'number']).map(({ type }) => type)).toEqual(['customer_code']);
});

describe('phones', () => {
  test.each([
    ['sđt 0912345678', '0912345678'],
    ['gọi 0912 345 678 nhé', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['không chín một hai ba bốn năm sáu bảy tám', '0912345678'],
    ['tổng đài 1900 1006', '19001006'],
    ['gọi 0912 3O5 678', '0912305678'],
    ['số O912,345,678', '0912345678'],
    ['sđt 091234567', '091234567 too_short'],
  ])('reads %s', (utterance, phone) => {
    expect(valuesOf('phone', utterance)).toEqual([phone]);
  });
});

describe('billing periods', () => {
  test.each([
    ['tháng rồi', '2026-10'],
    ['tháng này', '2026-11'],
    ['thang ni', '2026-11'],
    ['tháng 7', '2026-07'],
    ['tháng 12', '2025-12'],
    ['hóa đơn t7', '2026-07'],
    ['tháng bảy năm ngoái', '2025-07'],
    ['kỳ 1 tháng 7', '2026-07'],
    ['tháng mười năm ngoái', '2025-10'],
    ['thags này', '2026-11'],
    ['tháng nayf', '2026-11'],
    ['tháng rùi', '2026-10'],
    ['cách đây ba tháng', '2026-08'],
    ['nửa năm qua', '2026-05/2026-10'],
    ['một năm qua', '2025-11/2026-10'],
    ['6 tháng cuối năm ngoái', '2025-07/2025-12'],
    ['quý 2 năm ngoasi', '2025-04/2025-06'],
    ['7/2025', '2025-07'],
    ['quý 2 năm ngoái', '2025-04/2025-06'],
    ['từ tháng 3 đến tháng 6', '2026-03/2026-06'],
    ['3 tháng gần đây', '2026-08/2026-10'],
    ['xem biểu đồ 12 tháng', '2025-11/2026-10'],
    ['lich su cua 6 thang', '2026-05/2026-10'],
    ['cho xem biểu đồ 6 tháng đầu năm', '2026-01/2026-06'],
    ['cùng kỳ năm ngoái', '2025-11'],
    ['tiền thnág này', '2026-11'],
    ['hóa đơn thágn 9', '2026-09'],
    ['đóng tiền thánh 9 rồi', '2026-09'],
    ['tiền điện t này bn', '2026-11'],
    ['hóa đơn tháng 1O/2O25', '2025-10'],
    ['tháng trướcc nhà em', '2026-10'],
    ['tầm 1tr8. Tháng rồi tự dưng lên 3tr4', '2026-10'],
    ['tháng 7, 8, 9', '2026-07/2026-09'],
    ['tháng 8 với 9', '2026-08/2026-09'],
    ['tháng mười một năm hai không hai lăm', '2025-11'],
    ['tháng ba năm hai nghìn không trăm hai mươi sáu', '2026-03'],
  ])('reads %s', (utterance, period) => {
    expect(valuesOf('billing_period', utterance)).toEqual([period]);
  });

  test.each(['trả góp 12 tháng', 'xem 3 tháng nữa có cúp không', 'ở trọ 6 tháng'])('finds none in %s', (utterance) => {
    expect(valuesOf('billing_period', utterance)).toEqual([]);
  });

  test('knows the month of Viet Nam when the world clock still shows the one before', () => {
    const found = entitiesOf('tháng này', [], Date.parse('2026-10-31T18:00:00Z'));
    expect(found.map((entity) => entity.value)).toEqual(['2026-11']);
  });

  test('takes a bare number for a month when a period was asked for', () => {
    expect(valuesOf('billing_period', '6', ['billing_period'])).toEqual(['2026-06']);
    expect(valuesOf('billing_period', '6')).toEqual([]);
  });
});

describe('months that are no one month', () => {
  test.each(['tiền điện các tháng qua', 'mấy tháng rồi', 'những tháng trước', 'từng tháng nay'])('%s', (utterance) => {
    expect(valuesOf('billing_period', utterance)).toEqual([]);
  });

  test.each(['tháng 13', 'coi tien dien thang 13', 'tháng 14/2026', 'thg 20 nha em'])(
    '%s is none of a year',
    (words) => {
      expect(namesNoMonth(words)).toBe(true);
    },
  );

  test.each([
    ...['tháng 12', 'tháng 1', 'một tháng 50 số', 'hàng tháng 20 ngàn', 'tháng 20 kwh', 'tháng 13.5', 'tháng 25/12'],
    ...['lịch sử 13 tháng', '13 tháng', 'tháng 300 ngàn'],
  ])('%s may be one', (words) => {
    expect(namesNoMonth(words)).toBe(false);
  });
});

describe('dates', () => {
  test.each([
    ['ngày mốt có cúp không', '2026-11-24'],
    ['3 ngày nữa', '2026-11-25'],
    ['hai bữa trước', '2026-11-20'],
    ['cách đây ba hôm', '2026-11-19'],
    ['hôm nay', '2026-11-22'],
    ['ngày mai có cúp điện không', '2026-11-23'],
    ['mốt', '2026-11-24'],
    ['hồi hôm', '2026-11-21'],
    ['thứ 7 tuần này', '2026-11-21'],
    ['thứ hai tuần sau', '2026-11-23'],
    ['gửi hợp đồng thứ hai tuần sau', '2026-11-23'],
    ['cúp điện t7 này', '2026-11-28'],
    ['15/8', '2026-08-15'],
    ['ngày mười lăm tháng tám', '2026-08-15'],
    ['tuần sau', '2026-11-23/2026-11-29'],
  ])('reads %s', (utterance, date) => {
    expect(valuesOf('date', utterance)).toEqual([date]);
  });

  test.each([
    'hợp đồng thứ 2',
    'dong ho thu hai',
    'chị Mai ơi',
    'chi so moi 04471',
    'cho mot phong tro',
    'mai mốt tính',
    'kỳ 1 tháng 7',
    'ngày 45',
  ])('finds none in %s', (utterance) => {
    expect(valuesOf('date', utterance)).toEqual([]);
  });
});

describe('one-time codes', () => {
  test('are read where they are asked for, also in groups or words', () => {
    expect(valuesOf('otp', '123456', ['otp'])).toEqual(['123456']);
    expect(valuesOf('otp', '123 456', ['otp'])).toEqual(['123456']);
    expect(valuesOf('otp', 'một hai ba bốn năm sáu', ['otp'])).toEqual(['123456']);
  });

  test('are not guessed from any six digits', () => {
    expect(valuesOf('otp', 'hết 123456 đồng')).toEqual([]);
    expect(valuesOf('otp', '1234567', ['otp'])).toEqual([]);
    expect(valuesOf('otp', 'em đóng 455.000 đ rồi', ['otp'])).toEqual([]);
  });
});

describe('places', () => {
  test.each([
    ['huyện Phụng Hiệp Hậu Giang', 'Phụng Hiệp / Hậu Giang'],
    ['lich cup dien xa Ben Luc', 'Bến Lức / Tây Ninh'],
    ['khi nào xã Cần Đước cúp điện', 'Cần Đước / Tây Ninh'],
    ['lich cup dien bien hoa dong nai', 'Biên Hòa / Đồng Nai'],
    ['nhà em ở đường Nguyễn Trung Trực', 'Nguyễn Trung Trực'],
    ['25 Phạm Thái Bường', 'Phạm Thái'],
    ['o huyen phung hiep, hau giang', 'Phụng Hiệp / Hậu Giang'],
    ['xã Tân Lập huyen Moc Hoa Long An cúp điện', 'Tân Lập / Mộc Hóa / Long An'],
    ['ở Châu Thành Bến Tre', 'Châu Thành / Bến Tre'],
    ['sài gòn', 'Hồ Chí Minh'],
    ['quận 7', 'Quận 7 / Hồ Chí Minh'],
    ['ca mau hom nay cup dien', 'Cà Mau'],
    ['huyện Phụng Hiêp', 'Phụng Hiệp / Hậu Giang'],
    ['mai ấp Phú Hòa xã Long Phú có cúp điện không', 'Long Phú'],
    ['cúp điện ở Tân Phú Đồng Nai', 'Tân Phú / Đồng Nai'],
    ['cup dien o tan phu dong nai', 'Tân Phú / Đồng Nai'],
    ['ở Tân Phú, Đồng Nai', 'Tân Phú / Đồng Nai'],
    ['ở Tân Phú Đông Tiền Giang', 'Tân Phú Đông / Tiền Giang'],
  ])('reads %s', (utterance, place) => {
    expect(valuesOf('place', utterance)).toEqual([place]);
  });

  test.each(['đóng tiền điện ở đâu', 'hoa don thang nay', 'dong tien dien', 'gio cao diem la gi'])(
    'finds none in %s',
    (utterance) => {
      expect(valuesOf('place', utterance)).toEqual([]);
    },
  );
});

describe('amounts', () => {
  test.each([
    ['kwh', '320 số là bao nhiêu tiền', '320'],
    ['kwh', 'xài bốn chục ký', '40'],
    ['kwh', 'tính giúp 450 số 4 hộ', '450'],
    ['kwh', 'số cũ 3000 số mới là 3250 hết bao nhiêu tiền', '250'],
    ['kwh', 'chi so cu 99850 moi 00120 thi bao nhieu tien', '270'],
    ['kwh', '150kwh', '150'],
    ['kwh', 'mỗi tháng 10 số', '10'],
    ['kwh', 'tính giúp 300 số tháng 1 năm 2027', '300'],
    ['kwh', 'xài 300 số tháng này', '300'],
    ['kwh', 'một tháng 10 ký', '10'],
    ['kwh', 'hai trăm rưỡi số', '250'],
    ['money', 'hết 1tr2', '1200000'],
    ['money', '850k', '850000'],
    ['money', '742.000đ', '742000'],
    ['money', 'một triệu tư', '1400000'],
    ['money', '1tr250', '1250000'],
    ['money', '1 triệu 2', '1200000'],
    ['money', 'một triệu hai trăm năm chục', '1250000'],
    ['money', 'triệu rưỡi', '1500000'],
    ['money', 'nửa triệu', '500000'],
    ['money', 'đóng 1 triệu 2 tháng rồi', '1000000'],
    ['kwh', '320 k wh', '320'],
    ['money', '2 triệu rưỡi', '2500000'],
    ['money', '1,5 triệu', '1500000'],
    ['money', '1 củ', '1000000'],
    ['meter_index', 'chỉ số công tơ 04512', '4512'],
    ['meter_index', 'chỉ số ngày 20/11 của trạm bơm là 45.213', '45213'],
    ['time', '8h30', '08:30'],
    ['time', '4 rưỡi chiều', '16:30'],
    ['time', '14h', '14:00'],
    ['time', 'mười giờ kém mười', '09:50'],
    ['time', '7 giờ tối', '19:00'],
    ['person_name', 'chủ hộ Nguyễn Văn Tám', 'Nguyễn Văn Tám'],
    ['person_name', 'ten la tran thi be', 'Tran Thi Be'],
  ] as const)('reads a %s in %s', (type, utterance, value) => {
    expect(valuesOf(type, utterance)).toEqual([value]);
  });

  test.each([
    ['kwh', 'số điện thoại'],
    ['kwh', 'thang 10 so voi thang 8'],
    ['kwh', 'tu so thang 8 toi gio'],
    ['kwh', 'tháng 10 số điện tăng sao vậy'],
    ['money', 'tháng 10 năm 2026'],
    ['time', 'mất điện 2 tiếng rồi'],
    ['meter_index', 'đóng 4512 nha'],
    ['person_name', 'tôi là khách hàng ở đây'],
  ] as const)('finds no %s in %s', (type, utterance) => {
    expect(valuesOf(type, utterance)).toEqual([]);
  });

  test.each([
    ['customer_code', 'mã PB1002OO17723 nha', 'PB10020017723'],
    ['customer_code', 'hộ PB0201 0066 190 không hiển thị', 'PB02010066190'],
    ['phone', 'liên hệ 0379 26O 118', '0379260118'],
    ['billing_period', 'tiền tháng 1O', '2026-10'],
    ['billing_period', 'tiền điện thnág này', '2026-11'],
    ['billing_period', 'tháng trướcc bao nhiêu', '2026-10'],
    ['billing_period', 'hđ t này nhà mk bn', '2026-11'],
    ['billing_period', 'tiền điện 1tr8. Tháng rồi lên 3 triệu', '2026-10'],
    ['billing_period', 'hóa đơn tháng 7, 8 và 9', '2026-07/2026-09'],
    ['billing_period', 'tháng ba năm hai không hai lăm', '2025-03'],
    ['place', 'cúp điện ở Đà Lạtt', 'Đà Lạt / Lâm Đồng'],
    ['meter_index', 'đồng hồ bốn năm bảy tám nghen', '4578'],
    ['meter_index', 'công tơ chạy tới 8.450', '8450'],
  ] as const)('reads a %s in %s', (type, utterance, value) => {
    expect(valuesOf(type, utterance)).toEqual([value]);
  });

  test.each([
    ['billing_period', 'mấy tháng rồi chưa ai tới'],
    ['date', 'mùng 3 tết có cúp điện không'],
    ['place', 'thái độ nhân viên kém quá'],
    ['meter_index', 'thay đồng hồ hết 350.000đ'],
  ] as const)('finds no %s in %s either', (type, utterance) => {
    expect(valuesOf(type, utterance)).toEqual([]);
  });

  test('take bare digits for a meter reading or a number where one was asked for', () => {
    expect(valuesOf('meter_index', '876', ['meter_index'])).toEqual(['876']);
    expect(valuesOf('number', 'hai chục', ['number'])).toEqual(['20']);
    expect(valuesOf('number', 'dạ ba', ['number'])).toEqual(['3']);
    expect(valuesOf('number', 'chủ không cho đăng ký tạm trú thì sao', ['number'])).toEqual([]);
    expect(valuesOf('number', 'ba em hỏi giùm cái đó', ['number'])).toEqual([]);
    expect(valuesOf('number', 'à nhầm 3 hộ', ['number'])).toEqual([]);
  });
});

describe('spans', () => {
  test('count in the utterance as written, through decomposed letters and invisible signs', () => {
    const written = 'alooooo tiê\u0300n đi\u200bện tháng rồi'.normalize('NFD');
    const found = entitiesOf(written).find((entity) => entity.type === 'billing_period');
    expect(written.normalize('NFC').slice(found?.start, found?.end)).toBe(found?.text);
    expect(found?.text.normalize('NFC')).toBe('tháng rồi');
  });
});
