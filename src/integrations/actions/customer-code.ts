const CODE_LENGTH = 13;
const METER_POINT_LENGTH = 16;
const WELL_FORMED = /^(P[ABCDEHKMNPQT]|HN)[0-9A-Z]{4}[0-9]{7}$/;

export type CheckedCode = { readonly code: string } | { readonly problem: string };

/** A customer code in its standard form, or what is wrong with it, as a part of a Vietnamese sentence. */
export function checkCustomerCode(written: string): CheckedCode {
  const plain = written.toUpperCase().replace(/[\s.\-_/]/g, '');
  const isMeterPoint = plain.length === METER_POINT_LENGTH && /\d{3}$/.test(plain);
  const cut = isMeterPoint ? plain.slice(0, CODE_LENGTH) : plain;
  if (cut.length < CODE_LENGTH) {
    return { problem: `mã mới có ${cut.length} ký tự, mã đúng gồm ${CODE_LENGTH} ký tự` };
  }
  if (cut.length > CODE_LENGTH) {
    return { problem: `mã có tới ${cut.length} ký tự, mã đúng gồm ${CODE_LENGTH} ký tự` };
  }
  const code = cut.slice(0, 6) + cut.slice(6).replaceAll('O', '0').replace(/[IL]/g, '1');
  if (WELL_FORMED.test(code)) {
    return { code };
  }
  return /\d{7}$/.test(code)
    ? { problem: 'mã khách hàng bắt đầu bằng hai chữ cái như PB, PK, PE, còn mã này thì không' }
    : { problem: 'bảy ký tự cuối của mã khách hàng phải là chữ số' };
}
