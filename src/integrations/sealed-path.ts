/** The sealed part of an address of ours, between `path` and an ending; `undefined`: an address of something else. */
export function sealedIn(url: string, publicUrl: string, path: string): string | undefined {
  const own = url.startsWith(publicUrl) ? url.slice(publicUrl.length) : url;
  return own.startsWith(path) ? own.slice(path.length).replace(/\.\w+$/, '') : undefined;
}
