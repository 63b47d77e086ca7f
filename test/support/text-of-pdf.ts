import { extractText, getDocumentProxy } from 'unpdf';

/** The words of each page. */
export async function pagesOfPdf(bytes: Uint8Array): Promise<readonly string[]> {
  return (await extractText(await getDocumentProxy(new Uint8Array(bytes)))).text;
}

/** All words that a reader would find. */
export async function textOfPdf(bytes: Uint8Array): Promise<string> {
  return (await pagesOfPdf(bytes)).join('\n');
}
