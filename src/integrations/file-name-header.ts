/** `content-disposition` of a file that is kept under this name and never shown: any letters may be in it. */
export function keptAs(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename*=UTF-8''${encoded}`;
}
