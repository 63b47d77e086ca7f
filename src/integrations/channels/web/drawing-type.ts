/** The type of the attachment that is the drawing of a chart: server and widget agree on it here. */
export const DRAWING_TYPE = 'image/svg+xml';
