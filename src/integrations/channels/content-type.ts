/** What the address of a picture says of its type: `image/*` when it says nothing. */
export function imageTypeOf(url: string): string {
  const extension = /\.(png|jpe?g|gif|webp|svg)(?:$|[?#])/i.exec(url)?.[1]?.toLowerCase();
  const subtype = extension === 'jpg' ? 'jpeg' : extension === 'svg' ? 'svg+xml' : extension;
  return `image/${subtype ?? '*'}`;
}

const FILE_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  txt: 'text/plain',
};

/** What the name of a file of ours says of its type. */
export function fileTypeOf(name: string): string {
  return FILE_TYPES[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
