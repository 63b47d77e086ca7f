import { expect, test } from '@jest/globals';
import { typedLocation } from '../../src/nlu/shared-location.ts';

test.each([
  ['10.6404, 106.4877', { latitude: 10.6404, longitude: 106.4877 }],
  ['vị trí: 10.6404,106.4877', { latitude: 10.6404, longitude: 106.4877 }],
  ['https://www.google.com/maps?q=10.6404,106.4877', { latitude: 10.6404, longitude: 106.4877 }],
  ['https://www.google.com/maps/@10.6404,106.4877,15z', { latitude: 10.6404, longitude: 106.4877 }],
  ['https://maps.app.goo.gl/abcd1234', undefined],
  ['chỉ số 10.640, tháng trước 106.487', undefined],
  ['tiền điện 1.234.567, còn nợ 234.567', undefined],
  ['10,640', undefined],
])('the place in "%s" is %j', (text, place) => {
  expect(typedLocation(text)).toEqual(place);
});
