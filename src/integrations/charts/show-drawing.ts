/** Shows a drawing in its place, alone; says whether there is one that can be read. Runs in the browser. */
export function showDrawing(place: Element | null, svg: string | undefined): boolean {
  const picture = svg === undefined ? undefined : adoptDrawing(svg);
  place?.replaceChildren(...(picture === undefined ? [] : [picture]));
  return picture !== undefined;
}

/** A drawing of ours as an element for this page; `undefined` when it cannot be read. */
function adoptDrawing(svg: string): SVGSVGElement | undefined {
  const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  // A broken text is parsed into a page about the error.
  return root instanceof SVGSVGElement ? document.importNode(root, true) : undefined;
}
