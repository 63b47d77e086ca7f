import { createUntilSeal } from '../seal-until.ts';

/** Whose data a link leads to. */
export type DataSubject = { readonly conversationId: string } | { readonly customerCode: string };

/** Links to what is kept about somebody. They hold whom and until when, sealed, so nothing is kept for them. */
export interface ExportLinks {
  linkTo(subject: DataSubject, now: number): { readonly page: string; readonly file: string };
  /** `undefined`: not from us, or too old. */
  open(token: string, now: number): DataSubject | undefined;
}

export const EXPORT_PATH = '/privacy/export';
/** As `data-request.dialog.yaml` tells. */
const VALID_MS = 24 * 3_600_000;

export function createExportLinks(secretKey: string, publicUrl: string): ExportLinks {
  const { seal, open } = createUntilSeal<DataSubject>(secretKey, 'data-export');
  return {
    linkTo(subject, now) {
      const page = `${publicUrl}${EXPORT_PATH}/${seal(subject, now + VALID_MS)}`;
      return { page, file: `${page}/data.json` };
    },
    open,
  };
}
