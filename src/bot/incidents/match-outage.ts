import { foldWords, hasWords } from '../../dialogs/fold-words.ts';
import type { Customer, Outage } from '../records.ts';

/** All names, folded, under which the area of a province may be written today: the new one and the old ones. */
export type ProvinceNames = (name: string) => readonly string[];

const KIND_WORDS = /^(xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tp|tinh) (?=\D)/;

/** A place value of nlu, smallest part first, taken apart and folded. */
export interface PlaceParts {
  /** All parts but the province. */
  readonly names: readonly string[];
  /** Folded names of the province; absent when the place names none. */
  readonly provinces?: readonly string[];
}

/** Takes apart `small / … / large`. The last part counts as a province only when it is one. */
export function placeParts(place: string, provinceNames: ProvinceNames): PlaceParts {
  const parts = place.split('/').map((part) => part.trim());
  const provinces = provinceNames(parts.at(-1) ?? '');
  const names = (provinces.length > 0 ? parts.slice(0, -1) : parts).map(nameOf).filter((name) => name !== '');
  return provinces.length > 0 ? { names, provinces } : { names };
}

/** Whether an outage of the right province touches the place. */
export function touchesPlace(outage: Outage, { names }: PlaceParts): boolean {
  const [smallest, ...larger] = names;
  if (smallest === undefined) {
    return true;
  }
  const district = nameOf(outage.district ?? '');
  const isOtherDistrict = district !== '' && larger.length > 0 && !larger.includes(district);
  if (isOtherDistrict) {
    return false;
  }
  const communes = outage.communes.map(nameOf);
  const isWholeDistrict = communes.length === 0 && larger.includes(district);
  return (
    isWholeDistrict ||
    district === smallest ||
    communes.includes(smallest) ||
    hasWords(foldWords(outage.area), smallest)
  );
}

/**
 * Whether an outage reaches a customer: by feeder or transformer where the outage names them, else by commune,
 * else by district, else it is the whole unit's.
 */
export function touchesCustomer(outage: Outage, customer: Customer, provinceNames: ProvinceNames): boolean {
  const { feeder, transformer } = customer;
  const lines = [feeder, transformer].filter((name) => name !== undefined);
  if (lines.some((name) => outage.feeders.includes(name))) {
    return true;
  }
  if (transformer !== undefined && hasWords(foldWords(outage.area), foldWords(transformer))) {
    return true;
  }
  if (outage.feeders.length > 0 && lines.length > 0) {
    return false;
  }
  const isSameProvince =
    isSameName(outage.province, customer.province) ||
    provinceNames(outage.province).includes(foldWords(customer.province));
  if (outage.communes.length > 0) {
    const isSameDistrict = !outage.district || !customer.district || isSameName(outage.district, customer.district);
    return isSameProvince && isSameDistrict && outage.communes.some((name) => isSameName(name, customer.commune ?? ''));
  }
  if (outage.district !== undefined) {
    return isSameProvince && isSameName(outage.district, customer.district ?? '');
  }
  return outage.unit === customer.unit;
}

function isSameName(one: string, other: string): boolean {
  return nameOf(one) === nameOf(other);
}

/** "Xã Long Định" and "Long Định" are one name; "Phường 5" keeps its kind. */
function nameOf(name: string): string {
  return foldWords(name).replace(KIND_WORDS, '');
}
