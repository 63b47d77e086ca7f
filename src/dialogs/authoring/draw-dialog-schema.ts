import { z } from 'zod';
import { DIALOG_SCHEMA, NODE_KINDS, NODE_SCHEMAS } from './dialog-schema.ts';

/** Short lists stand on one line, as the formatter has them. */
const LIST_OF_NAMES = /\[\s*(?:"[^"]*",?\s*)+\]/g;

/** The JSON Schema by which an editor helps with `*.dialog.yaml`, made from the schemas that loading uses. */
export function drawDialogSchema(): string {
  const nodes = NODE_KINDS.map((kind) => withoutMeta(NODE_SCHEMAS[kind]));
  const head = withoutMeta(DIALOG_SCHEMA);
  const properties = head['properties'] as Record<string, object>;
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A dialog tree',
    ...head,
    properties: { ...properties, nodes: { type: 'object', additionalProperties: { anyOf: nodes } } },
  };
  return `${JSON.stringify(schema, null, 2).replace(LIST_OF_NAMES, (list) => list.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/\[ | \]/g, (end) => end.trim()))}\n`;
}

function withoutMeta(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>;
  return rest;
}
