import { useLayoutEffect, useRef } from 'react';
import type { HourDrawings } from '../../charts/draw-hours.ts';
import { showDrawing } from '../../charts/show-drawing.ts';

/** A drawing of ours; it says its own title and description. Nothing when it cannot be read. */
function Drawing({ svg, className }: { readonly svg: string; readonly className: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => void showDrawing(place.current, svg), [svg]);
  return <div ref={place} className={`drawing ${className}`} />;
}

/** The one that the width of the page has room for. */
export function HourDrawing({ drawings }: { readonly drawings: HourDrawings }) {
  return (
    <>
      <Drawing svg={drawings.wide} className="drawing-wide" />
      <Drawing svg={drawings.narrow} className="drawing-narrow" />
    </>
  );
}
