import { z } from 'zod';
import { sealedIn } from '../sealed-path.ts';
import { createTextSeal, deriveKey } from '../text-seal.ts';

/** A document that can be made from the records at any time. */
export interface DocumentWish {
  readonly customerCode: string;
  /** Month or months of the bills, `YYYY-MM` or `YYYY-MM/YYYY-MM`. */
  readonly period: string;
}

/** Addresses of documents. They hold which one and until when, sealed, so that nothing is kept for them. */
export interface DocumentLinks {
  linkTo(wish: DocumentWish, now: number): string;
  /** `undefined`: no address of ours, or too old. */
  open(url: string, now: number): DocumentWish | undefined;
}

export const DOCUMENTS_PATH = '/documents/';
export const DOCUMENT_ENDING = '.pdf';
const DAY_MS = 86_400_000;
/** As long as a message may wait for its channel. */
export const DOCUMENT_DAYS = 7;
const USE = 'document';

const sealedSchema = z.tuple([z.string(), z.string(), z.number()]);

/** `publicUrl`: address of the service as the world knows it, without a slash at the end; empty when it is not set. */
export function createDocumentLinks(secretKey: string, publicUrl: string): DocumentLinks {
  const seal = createTextSeal(deriveKey(secretKey, USE));
  return {
    linkTo({ customerCode, period }, now) {
      const sealed = seal.seal(JSON.stringify([customerCode, period, now + DOCUMENT_DAYS * DAY_MS]), USE);
      return `${publicUrl}${DOCUMENTS_PATH}${sealed}${DOCUMENT_ENDING}`;
    },
    open(url, now) {
      const sealed = sealedIn(url, publicUrl, DOCUMENTS_PATH);
      const opened = sealed && seal.open(sealed, USE);
      if (!opened) {
        return undefined;
      }
      const [customerCode, period, until] = sealedSchema.parse(JSON.parse(opened));
      return until > now ? { customerCode, period } : undefined;
    },
  };
}
