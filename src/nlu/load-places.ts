import { readFileSync } from 'node:fs';
import { indexPlaces, type PlaceIndex } from './place-index.ts';

/** Reads the list of administrative units from its file. */
export function loadPlaces(file: string): PlaceIndex {
  let list: string;
  try {
    list = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`The place list ${file} cannot be read. Put data/places/places.txt back in its place.`, { cause });
  }
  return indexPlaces(list);
}
