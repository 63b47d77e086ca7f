/** What may not stand in a key of a document, and `%` itself so that the way back is exact. */
const FORBIDDEN_IN_KEYS = /[%.$\0]/g;
const ESCAPED_IN_KEYS = /%([0-9A-F]{2})/g;

/**
 * A plain JSON value as MongoDB may keep it. Keys are escaped, because maps are keyed by what customers and operators
 * write (customer codes, slot names), and a dot or a dollar sign there means a path or an operator to the server.
 */
export function toDocumentValue(value: unknown): unknown {
  return mapKeys(value, (key) =>
    key.replace(FORBIDDEN_IN_KEYS, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`),
  );
}

/** The way back of `toDocumentValue`. */
export function fromDocumentValue<T>(value: unknown): T {
  return mapKeys(value, (key) =>
    key.replace(ESCAPED_IN_KEYS, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  ) as T;
}

function mapKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => mapKeys(item, rename));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      // As in JSON: what is undefined is not there.
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [rename(key), mapKeys(item, rename)]),
  );
}
