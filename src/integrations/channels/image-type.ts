/** What the address of a picture says of its type: `image/*` when it says nothing. */
export function imageTypeOf(url: string): string {
  const extension = /\.(png|jpe?g|gif|webp|svg)(?:$|[?#])/i.exec(url)?.[1]?.toLowerCase();
  const subtype = extension === 'jpg' ? 'jpeg' : extension === 'svg' ? 'svg+xml' : extension;
  return `image/${subtype ?? '*'}`;
}
