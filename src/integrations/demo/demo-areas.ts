/** An area of the demo: three customers each. Districts carry the names from before July 2025. */
export interface DemoArea {
  readonly unit: string;
  readonly province: string;
  readonly district: string;
  readonly commune: string;
  /** As it stands in an address, for example `phường Cái Khế, TP Cần Thơ`. */
  readonly place: string;
  readonly street: string;
  readonly feeders: readonly [string, string];
}

type Row = readonly [
  unit: string,
  province: string,
  district: string,
  commune: string,
  place: string,
  street: string,
  short: string,
];

const ROWS: readonly Row[] = [
  ['PB0601', 'Tây Ninh', 'Tân An', 'Long An', 'phường Long An, tỉnh Tây Ninh', 'Hùng Vương', 'TAN'],
  ['PB0606', 'Tây Ninh', 'Cần Đước', 'Cần Đước', 'xã Cần Đước, tỉnh Tây Ninh', 'Quốc lộ 50', 'CDC'],
  ['PB0901', 'Vĩnh Long', 'Bến Tre', 'An Hội', 'phường An Hội, tỉnh Vĩnh Long', 'Đồng Khởi', 'BTR'],
  ['PB1001', 'Vĩnh Long', 'Vĩnh Long', 'Long Châu', 'phường Long Châu, tỉnh Vĩnh Long', 'Phạm Thái Bường', 'VLG'],
  ['PB0801', 'Đồng Tháp', 'Mỹ Tho', 'Đạo Thạnh', 'phường Đạo Thạnh, tỉnh Đồng Tháp', 'Ấp Bắc', 'MTH'],
  ['PB0701', 'Đồng Tháp', 'Cao Lãnh', 'Cao Lãnh', 'phường Cao Lãnh, tỉnh Đồng Tháp', 'Nguyễn Huệ', 'CLH'],
  ['PB1101', 'Cần Thơ', 'Ninh Kiều', 'Cái Khế', 'phường Cái Khế, TP Cần Thơ', 'Trần Phú', 'NKI'],
  ['PB1701', 'Cần Thơ', 'Sóc Trăng', 'Phú Lợi', 'phường Phú Lợi, TP Cần Thơ', 'Trần Hưng Đạo', 'STR'],
  ['PB1201', 'An Giang', 'Long Xuyên', 'Bình Đức', 'phường Bình Đức, tỉnh An Giang', 'Trần Hưng Đạo', 'LXU'],
  ['PB1301', 'An Giang', 'Rạch Giá', 'Rạch Giá', 'phường Rạch Giá, tỉnh An Giang', 'Nguyễn Trung Trực', 'RGI'],
  ['PB1401', 'Cà Mau', 'Cà Mau', 'An Xuyên', 'phường An Xuyên, tỉnh Cà Mau', 'Phan Ngọc Hiển', 'CMA'],
  ['PB1901', 'Cà Mau', 'Bạc Liêu', 'Hiệp Thành', 'phường Hiệp Thành, tỉnh Cà Mau', 'Cao Văn Lầu', 'BLI'],
  ['PK0100', 'Đồng Nai', 'Biên Hòa', 'Trấn Biên', 'phường Trấn Biên, tỉnh Đồng Nai', '30 Tháng 4', 'BHO'],
  ['PB0101', 'Đồng Nai', 'Đồng Xoài', 'Bình Phước', 'phường Bình Phước, tỉnh Đồng Nai', 'Phú Riềng Đỏ', 'DXO'],
  ['PB0201', 'Lâm Đồng', 'Phan Thiết', 'Phan Thiết', 'phường Phan Thiết, tỉnh Lâm Đồng', 'Thủ Khoa Huân', 'PTH'],
];

/** Where the demo's customers live: all eight provinces of the utility. */
export const DEMO_AREAS: readonly DemoArea[] = ROWS.map(
  ([unit, province, district, commune, place, street, short]) => ({
    unit,
    province,
    district,
    commune,
    place,
    street,
    feeders: [`471-${short}`, `473-${short}`],
  }),
);
