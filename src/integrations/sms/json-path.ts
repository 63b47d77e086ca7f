/** The value at a path such as `data.0.id` of an answer in JSON, as text; `undefined` when there is none. */
export function textAt(value: unknown, path: string): string | undefined {
  let here: unknown = value;
  for (const step of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) {
      return undefined;
    }
    here = (here as Record<string, unknown>)[step];
  }
  return typeof here === 'string' || typeof here === 'number' || typeof here === 'boolean' ? String(here) : undefined;
}
