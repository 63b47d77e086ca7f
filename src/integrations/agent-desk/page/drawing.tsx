import { useLayoutEffect, useRef } from 'react';
import { showDrawing } from '../../charts/show-drawing.ts';

/** A drawing of ours; it says its own title and description. Nothing when it cannot be read. */
export function Drawing({ svg }: { readonly svg: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => void showDrawing(place.current, svg), [svg]);
  return <div ref={place} className="drawing" />;
}
