import { useLayoutEffect, useRef } from 'react';
import { adoptDrawing } from '../../charts/adopt-drawing.ts';

/** A drawing of ours; it says its own title and description. Nothing when it cannot be read. */
export function Drawing({ svg }: { readonly svg: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const picture = adoptDrawing(svg);
    place.current?.replaceChildren(...(picture === undefined ? [] : [picture]));
  }, [svg]);
  return <div ref={place} className="drawing" />;
}
