import { describe, expect, test } from '@jest/globals';
import { addressed, type FormsOfAddress, noticeForms } from '../../src/dialogs/forms-of-address.ts';

describe('the forms of address in a message', () => {
  test.each<[string, FormsOfAddress]>([
    ['em ơi cho chị hỏi tiền điện', { customer: 'chị', bot: 'em' }],
    ['Kiểm tra giùm anh tháng này đóng tiền chưa', { customer: 'anh' }],
    ['cháu ơi nhà bác bị cắt điện', { customer: 'bác', bot: 'cháu' }],
    ['con ơi tháng này nhà bà hết mấy đồng tiền điện', { customer: 'bà', bot: 'con' }],
    ['Bác muốn nộp tiền điện thì ra chỗ nào hả cháu', { customer: 'bác', bot: 'cháu' }],
    ['Chị cần số tiền hai tháng đó', { customer: 'chị' }],
    ['tính cho dì coi', { customer: 'dì' }],
    ['em oi cho chi hoi gia dien', { customer: 'chị', bot: 'em' }],
    ['cho bac hoi cai nay', { customer: 'bác' }],
    ['chau oi ba coi tien dien thang nay', { customer: 'bà', bot: 'cháu' }],
    ['cảm ơn em', { bot: 'em' }],
  ])('of "%s" are noticed', (utterance, forms) => {
    expect(noticeForms(utterance)).toEqual(forms);
  });

  test.each([
    'Cho tôi hỏi tiền điện tháng 10',
    'chị ơi cho em hỏi tiền điện',
    'anh xem giúp em mã PB06010001234',
    'xem giúp anh Nam nhà bên tiền điện',
    'Nhà ông Nguyễn Văn Tám ở Cái Bè tháng này bao nhiêu tiền điện',
    'anh thợ làm xong bỏ rác đầy trước cửa nhà tôi',
    'Má em mất tháng rồi, nhà đứng tên má. Mấy anh em chưa chia thừa kế.',
    'Ba em chỉ xài tiền mặt. Ông đang cầm tiền sẵn.',
    'phản ánh cô nhân viên quầy số 2',
    'hàng xóm em bà Tư mất điện, em báo giùm',
    'chỉ nhà bà',
    'chi can tra hoa don thang 9',
    'con ba thang nua moi dong',
    'nha co mat dien khong',
    'PB06010001234',
    'số 3 đường con gà',
  ])('of "%s" stay as they were', (utterance) => {
    expect(noticeForms(utterance)).toEqual({});
    expect(noticeForms(utterance, { customer: 'cô', bot: 'con' })).toEqual({ customer: 'cô', bot: 'con' });
  });

  test('are kept from earlier messages, and the last one counts', () => {
    const first = noticeForms('em ơi cho anh hỏi');
    expect(noticeForms('còn tháng 9', first)).toEqual({ customer: 'anh', bot: 'em' });
    expect(noticeForms('giờ xem cho chị', first)).toEqual({ customer: 'chị', bot: 'em' });
  });
});

describe('words for a customer', () => {
  const words = 'Dạ, mình chưa thấy mã. Anh/chị gửi giúp mình; khi cần anh/chị cứ nhắn. Mình chờ nhé.';

  test.each<[FormsOfAddress, string]>([
    [{}, words],
    [{ bot: 'em' }, 'Dạ, em chưa thấy mã. Anh/chị gửi giúp em; khi cần anh/chị cứ nhắn. Em chờ nhé.'],
    [{ customer: 'chị' }, 'Dạ, em chưa thấy mã. Chị gửi giúp em; khi cần chị cứ nhắn. Em chờ nhé.'],
    [{ customer: 'bác' }, 'Dạ, cháu chưa thấy mã. Bác gửi giúp cháu; khi cần bác cứ nhắn. Cháu chờ nhé.'],
    [{ customer: 'bà', bot: 'con' }, 'Dạ, con chưa thấy mã. Bà gửi giúp con; khi cần bà cứ nhắn. Con chờ nhé.'],
  ])('mirror %j', (forms, expected) => {
    expect(addressed(words, forms)).toBe(expected);
  });
});
