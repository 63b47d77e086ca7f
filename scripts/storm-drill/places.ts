/** A line that trips in the drill, and where those live who lose their power. */
export interface DrillOutage {
  readonly name: string;
  readonly feeder: string;
  readonly communes: readonly string[];
  /** Of all who lose their power, so many in this one. */
  readonly share: number;
}

export const PROVINCE = 'Tây Ninh';
export const UNIT = 'PB0601';

/** The first two run through one commune: who names that commune and no code may belong to either. */
export const OUTAGES: readonly [DrillOutage, ...DrillOutage[]] = [
  { name: 'Bến Lức', feeder: '471-BL', communes: ['Bến Lức', 'Thạnh Lợi', 'Mỹ Yên'], share: 0.7 },
  { name: 'Cần Giuộc', feeder: '475-CG', communes: ['Cần Giuộc', 'Phước Lý', 'Mỹ Yên'], share: 0.29 },
  // Too few at a time for a suspicion.
  { name: 'Tân Trụ', feeder: '473-TT', communes: ['Tân Trụ'], share: 0.01 },
];

/** Places where the power is on: reports from there belong to nothing. */
export const ELSEWHERE: readonly [string, ...string[]] = [
  ...(['Tân Biên', 'Thạnh Bình', 'Trà Vong', 'Tân Châu', 'Tân Đông', 'Tân Hội'] as const),
  ...['Dương Minh Châu', 'Ninh Thạnh', 'Cầu Khởi', 'Lộc Ninh', 'Hảo Đước', 'Phước Vinh', 'Ninh Điền', 'Gò Dầu'],
  ...['Thạnh Đức', 'Phước Thạnh', 'Truông Mít', 'Gia Lộc', 'Long Hoa', 'Thanh Điền'],
];

/** Whether lines of more than one outage run through the commune. */
export function isShared(commune: string): boolean {
  return OUTAGES.filter(({ communes }) => communes.includes(commune)).length > 1;
}
