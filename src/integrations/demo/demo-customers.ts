import type { Customer } from '../../bot/records.ts';
import { DEMO_AREAS, type DemoArea } from './demo-areas.ts';
import { DEMO_ORGANISATION } from './demo-organisation.ts';
import { pick } from './seeded.ts';

/** What the demo shows of one customer beside the record itself. */
export interface DemoCustomer {
  readonly customer: Customer;
  /** kWh of an ordinary month. */
  readonly usualKwh: number;
  /** kWh of the newest bill, where the demo promises a figure. */
  readonly newestKwh?: number;
  readonly multiplier: number;
  /** How many of the newest bills are not paid. */
  readonly unpaidBills: number;
}

const FAMILY = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Huỳnh',
  'Phan',
  'Võ',
  'Đặng',
  'Bùi',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
  'Thạch',
];
const WOMEN = [
  'Thị Hoa',
  'Thị Lan',
  'Thị Bé Ba',
  'Ngọc Hương',
  'Thị Kim Chi',
  'Mỹ Duyên',
  'Thị Út',
  'Thanh Thúy',
  'Thị Hồng Nhung',
];
const MEN = [
  'Văn Tâm',
  'Minh Khôi',
  'Văn Sáu',
  'Hoàng Phúc',
  'Quốc Bảo',
  'Văn Út',
  'Thanh Liêm',
  'Hữu Nghĩa',
  'Chí Thành',
];
const PER_AREA = 3;
/** The sample code of the utility's own guides. */
const FIRST_CODE = 'PB06010001234';

/** Differences from an ordinary household, by code. */
const SPECIAL: Readonly<Record<string, Partial<Customer> & Partial<DemoCustomer>>> = {
  PB06010001234: { name: 'Nguyễn Thị Hoa', phone: '0900000001', usualKwh: 215, newestKwh: 250 },
  PB11010007002: { name: 'Trần Văn Tâm', phone: '0900000002', households: 2, usualKwh: 330 },
  PB11010007003: { name: 'Trần Văn Tâm', phone: '0900000002', tariffGroup: 'business_low', usualKwh: 640 },
  PB10010004001: { name: 'Lê Hoàng Phúc', connection: 'disconnected_debt', unpaidBills: 3 },
  PB14010011001: {
    name: 'Công ty TNHH Thủy sản Đất Mũi',
    tariffGroup: 'production_low',
    usualKwh: 18_000,
    multiplier: 40,
  },
  PB12010009002: { name: 'Trường Mầm non Hoa Sen', tariffGroup: 'hospital_school_low', usualKwh: 900 },
  PB17010008002: { households: 3, usualKwh: 560 },
  ...Object.fromEntries(
    DEMO_ORGANISATION.sites.map(({ code }, index) => [
      code,
      { name: DEMO_ORGANISATION.name, tariffGroup: 'business_low', usualKwh: 980 + index * 240 },
    ]),
  ),
  PB11010007001: { name: 'Trần Văn Tâm', phone: '0900000002', unpaidBills: 1, vulnerable: true },
};
/** Nobody has left a phone number for this contract. */
const WITHOUT_PHONE = 'PB07010006002';

/** The customers of the demo, always the same. `version` is written into each record. */
export function demoCustomers(version: string): readonly DemoCustomer[] {
  return DEMO_AREAS.flatMap((area, areaIndex) =>
    Array.from({ length: PER_AREA }, (_, index) => demoCustomer(area, areaIndex, index, version)),
  );
}

function demoCustomer(area: DemoArea, areaIndex: number, index: number, version: string): DemoCustomer {
  const code = codeOf(area, areaIndex, index);
  const { usualKwh, newestKwh, multiplier = 1, unpaidBills = 0, ...record } = SPECIAL[code] ?? {};
  const given = pick(index % 2 === 0 ? WOMEN : MEN, `given ${code}`);
  const number = 10 + areaIndex * 7 + index * 4;
  const customer: Customer = {
    code,
    name: `${pick(FAMILY, `family ${code}`)} ${given}`,
    address: `${number} ${area.street}, ${area.place}`,
    province: area.province,
    district: area.district,
    commune: area.commune,
    unit: area.unit,
    feeder: area.feeders[index % 2] ?? area.feeders[0],
    transformer: `T${area.unit.slice(-2)}${index + 1} ${area.commune}`,
    tariffGroup: 'household',
    households: 1,
    connection: 'connected',
    ...(code !== WITHOUT_PHONE && { phone: `0900${String(serialOf(areaIndex, index)).padStart(6, '0')}` }),
    ...record,
    version,
  };
  return {
    customer,
    usualKwh: usualKwh ?? 90 + ((areaIndex * 67 + index * 131) % 420),
    ...(newestKwh !== undefined && { newestKwh }),
    multiplier,
    unpaidBills: unpaidBills || ((areaIndex + index) % 9 === 4 ? 1 : 0),
  };
}

function codeOf(area: DemoArea, areaIndex: number, index: number): string {
  const isFirst = areaIndex === 0 && index === 0;
  return isFirst ? FIRST_CODE : `${area.unit}${String(serialOf(areaIndex, index)).padStart(7, '0')}`;
}

function serialOf(areaIndex: number, index: number): number {
  return (areaIndex + 1) * 1000 + index + 1;
}
