import { fold } from './normalize.ts';
import type { PlaceIndex } from './place-index.ts';

/** The provinces of today that have a commune or district of this name, whichever list it stands in. */
export function provincesOfName(index: Pick<PlaceIndex, 'named' | 'mergedInto'>, name: string): readonly string[] {
  const places = index.named(fold(name)).filter(({ level }) => level !== 'province');
  const provinces = places.flatMap(({ province }) =>
    province === undefined ? [] : [index.mergedInto.get(province) ?? province],
  );
  return [...new Set(provinces)];
}
