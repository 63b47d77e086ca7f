/** A drawing of ours as an element for this page; `undefined` when it cannot be read. Runs in the browser. */
export function adoptDrawing(svg: string): SVGSVGElement | undefined {
  const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  // A broken text is parsed into a page about the error.
  return root instanceof SVGSVGElement ? document.importNode(root, true) : undefined;
}
