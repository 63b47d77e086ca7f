import { createFetchMedia, type FetchMedia, type FetchMediaOptions } from '../../media/fetch-media.ts';
import { isAmong } from '../../media/media-source.ts';

/** Where the OneDrive of a Teams user is: its addresses may be read by anybody for some minutes. */
const OPEN_HOSTS: readonly string[] = ['*.sharepoint.com'];
/**
 * Services of Microsoft that hand a file to the bot of its conversation only: pictures that are pasted into Teams, and
 * files of the other channels. `smba` by its whole name, as anybody can have a name below `trafficmanager.net`.
 */
const SERVICE_HOSTS: readonly string[] = [
  'smba.trafficmanager.net',
  '*.botframework.com',
  '*.botapi.skype.com',
  '*.asm.skype.com',
];

const SOURCE = { hosts: [...OPEN_HOSTS, ...SERVICE_HOSTS] };

export interface BringFileOptions extends Pick<Partial<FetchMediaOptions>, 'source'> {
  readonly token: () => Promise<string>;
  readonly serviceHosts?: readonly string[];
}

/** Brings files that customers send. Our token goes to the services, and to nobody that they may lead on to. */
export function createBringFile({
  token,
  serviceHosts = SERVICE_HOSTS,
  source = SOURCE,
}: BringFileOptions): FetchMedia {
  return createFetchMedia({ source, headersFor: (url) => headersFor(url, token, serviceHosts) });
}

/** What an address is asked with: our token, if it is that of a service. */
export async function headersFor(
  { host }: URL,
  token: () => Promise<string>,
  serviceHosts = SERVICE_HOSTS,
): Promise<Readonly<Record<string, string>>> {
  return isAmong(host, serviceHosts) ? { authorization: `Bearer ${await token()}` } : {};
}
