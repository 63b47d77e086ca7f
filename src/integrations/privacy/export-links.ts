import { createTextSeal, deriveKey } from '../text-seal.ts';

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
const CONTEXT = 'data-export';

export function createExportLinks(secretKey: string, publicUrl: string): ExportLinks {
  const seal = createTextSeal(deriveKey(secretKey, 'data-export/key'));
  return {
    linkTo(subject, now) {
      const token = seal.seal(JSON.stringify({ subject, until: now + VALID_MS }), CONTEXT);
      const page = `${publicUrl}${EXPORT_PATH}/${token}`;
      return { page, file: `${page}/data.json` };
    },
    open(token, now) {
      const opened = seal.open(token, CONTEXT);
      if (opened === undefined) {
        return undefined;
      }
      const { subject, until } = JSON.parse(opened) as { readonly subject: DataSubject; readonly until: number };
      return until > now ? subject : undefined;
    },
  };
}
