import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { createFetchMedia, type FetchMediaOptions } from '../../src/integrations/media/fetch-media.ts';
import type { MediaResult } from '../../src/integrations/media/media.ts';
import { admit, isPublicAddress } from '../../src/integrations/media/media-source.ts';
import type { FindAddresses } from '../../src/integrations/media/public-lookup.ts';
import { shrinkPicture } from '../../src/integrations/media/shrink-picture.ts';
import { flatPicture, noisyPicture, phonePicture } from '../support/pictures.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server on this machine that notes what it is asked; returns its `host:port`. */
async function serve(answer: RequestListener): Promise<{ readonly host: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const sending =
  (bytes: Uint8Array | string, type = 'application/octet-stream'): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type }).end(bytes);
const redirecting =
  (location: string): RequestListener =>
  (_, response) =>
    response.writeHead(302, { location }).end();

/** Every name leads to this address. */
const everythingAt =
  (address: string): FindAddresses =>
  (_, __, found) =>
    found(null, [{ address, family: address.includes(':') ? 6 : 4 }]);

/** Brings `/file` of a server on this machine that the operator vouches for. */
async function bring(answer: RequestListener, more: Partial<FetchMediaOptions> = {}): Promise<MediaResult> {
  const { host } = await serve(answer);
  return createFetchMedia({ source: { hosts: [], trusted: [host] }, ...more })(`http://${host}/file`);
}

describe('an address from outside', () => {
  const source = { hosts: ['files.example.vn', '*.zdn.vn'], trusted: ['sim.local:4000', 'desk.local'] };

  test.each([
    ['https://files.example.vn/a.jpg', 'https://files.example.vn/a.jpg'],
    ['http://photo-1.zdn.vn/a.jpg', 'https://photo-1.zdn.vn/a.jpg'],
    ['http://sim.local:4000/media/1', 'http://sim.local:4000/media/1'],
    ['http://desk.local:81/media/1', 'http://desk.local:81/media/1'],
  ])('%s is asked as %s', (given, asked) => {
    const admission = admit(given, source);
    expect(admission).toMatchObject({ kind: 'admitted' });
    expect(admission.kind === 'admitted' && admission.url.href).toBe(asked);
  });

  test.each([
    ['https://evil.example/a.jpg', 'host_not_allowed'],
    ['https://zdn.vn/a.jpg', 'host_not_allowed'],
    ['https://evilzdn.vn/a.jpg', 'host_not_allowed'],
    ['https://photo.zdn.vn.evil.example/a.jpg', 'host_not_allowed'],
    ['https://photo.zdn.vn@evil.example/a.jpg', 'not_https'],
    ['https://user:key@files.example.vn/a.jpg', 'not_https'],
    ['https://files.example.vn:8443/a.jpg', 'not_https'],
    ['ftp://files.example.vn/a.jpg', 'not_https'],
    ['file:///etc/passwd', 'not_https'],
    ['http://sim.local:4001/media/1', 'host_not_allowed'],
    ['http://2130706433/', 'host_not_allowed'],
    ['photo', 'not_a_url'],
  ])('%s is refused: %s', (given, reason) => {
    expect(admit(given, source)).toEqual({ kind: 'refused', reason });
  });

  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.9',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'ff02::1',
    'nonsense',
  ])('%s is not on the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['203.162.4.190', '8.8.8.8', '2405:4800::1'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('a name that leads into our own network', () => {
  test.each(['127.0.0.1', '::1', '10.0.0.5', '169.254.169.254', '::ffff:192.168.0.1'])(
    'is refused after it is resolved to %s',
    async (address) => {
      const fetchMedia = createFetchMedia({
        source: { hosts: ['files.example.vn'] },
        findAddresses: everythingAt(address),
      });
      expect(await fetchMedia('https://files.example.vn/a.jpg')).toEqual({
        kind: 'refused',
        reason: 'address_not_public',
      });
    },
  );

  test('is refused when only one of its addresses is ours', async () => {
    const fetchMedia = createFetchMedia({
      source: { hosts: ['files.example.vn'] },
      findAddresses: (_, __, found) =>
        found(null, [
          { address: '203.162.4.190', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ]),
    });
    expect(await fetchMedia('https://files.example.vn/a.jpg')).toMatchObject({ reason: 'address_not_public' });
  });

  test('is refused as a number, even when the number is on the list of hosts', async () => {
    const fetchMedia = createFetchMedia({ source: { hosts: ['127.0.0.1'] } });
    expect(await fetchMedia('https://127.0.0.1/a.jpg')).toEqual({ kind: 'refused', reason: 'address_not_public' });
  });
});

describe('a redirect', () => {
  test('is followed to a host of the list', async () => {
    const end = await serve(sending(await flatPicture(4)));
    const begin = await serve(redirecting(`http://${end.host}/there`));
    const fetchMedia = createFetchMedia({ source: { hosts: [], trusted: [begin.host, end.host] } });
    expect((await fetchMedia(`http://${begin.host}/file`)).kind).toBe('media');
    expect(end.asked).toEqual(['/there']);
  });

  test('to another host of this machine is refused before it is asked', async () => {
    const inner = await serve(sending('secret'));
    const begin = await serve(redirecting(`http://${inner.host}/admin`));
    const fetchMedia = createFetchMedia({ source: { hosts: [], trusted: [begin.host] } });
    expect(await fetchMedia(`http://${begin.host}/file`)).toEqual({ kind: 'refused', reason: 'host_not_allowed' });
    expect(inner.asked).toEqual([]);
  });

  test('to a listed name with an address of this machine is refused', async () => {
    const result = await bring(redirecting('https://files.example.vn/a'), {
      findAddresses: everythingAt('127.0.0.1'),
      source: { hosts: ['files.example.vn'], trusted: ['127.0.0.1'] },
    });
    expect(result).toEqual({ kind: 'refused', reason: 'address_not_public' });
  });

  test('in a circle ends', async () => {
    expect(await bring(redirecting('/file'))).toEqual({ kind: 'refused', reason: 'too_many_redirects' });
  });
});

describe('what comes', () => {
  test('may not be larger than allowed, whether its length is told or not', async () => {
    const told = await bring(sending('x'.repeat(2_000)), { mostBytes: 1_000 });
    expect(told).toEqual({ kind: 'refused', reason: 'too_large' });
    const endless: RequestListener = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.writeHead(200).on('drain', more);
      more();
    };
    expect(await bring(endless, { mostBytes: 100_000 })).toEqual({ kind: 'refused', reason: 'too_large' });
  });

  test('may not take longer than allowed', async () => {
    const silent: RequestListener = (_, response) => response.writeHead(200).flushHeaders();
    expect(await bring(silent, { timeoutMs: 100 })).toEqual({ kind: 'failed', reason: 'too_slow' });
  });

  test.each([
    [404, { kind: 'refused', reason: 'not_there' }],
    [429, { kind: 'failed', reason: 'http_429' }],
    [503, { kind: 'failed', reason: 'http_503' }],
  ])('with status %d is no file', async (status, expected) => {
    expect(await bring((_, response) => response.writeHead(status).end('x'))).toEqual(expected);
  });

  test('is unreachable when nobody listens', async () => {
    const { host } = await serve(sending('x'));
    servers.splice(0)[0]?.close();
    const fetchMedia = createFetchMedia({ source: { hosts: [], trusted: [host] } });
    expect(await fetchMedia(`http://${host}/`)).toEqual({ kind: 'failed', reason: 'unreachable' });
  });

  test('is what its bytes say, whatever the server says', async () => {
    const pdf = Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n');
    const result = await bring(sending(pdf, 'image/png'));
    expect(result).toMatchObject({ kind: 'media', media: { mime: 'application/pdf', extension: 'pdf' } });
  });

  test.each([
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['an archive', Buffer.from('504b0304140000000000000000000000000000000000000000000500000061', 'hex')],
    ['nothing', Buffer.alloc(0)],
    ['bytes of no known form', Buffer.from([0, 1, 2, 3])],
  ])('is refused when it is %s', async (_, bytes) => {
    expect(await bring(sending(bytes, 'image/jpeg'))).toEqual({ kind: 'refused', reason: 'type_not_allowed' });
  });

  test('is refused when it only begins like a picture', async () => {
    const broken = (await flatPicture(50)).subarray(0, 60);
    expect(await bring(sending(broken))).toEqual({ kind: 'refused', reason: 'picture_unreadable' });
  });

  test('as a page is plain text, never a page', async () => {
    const result = await bring(sending('<script>alert(1)</script>', 'text/html'));
    expect(result).toMatchObject({ media: { mime: 'text/plain', extension: 'txt' } });
  });
});

describe('a picture', () => {
  test('is redrawn upright, without the place and the name that the phone wrote into it', async () => {
    const given = await phonePicture();
    expect((await sharp(given).metadata()).exif?.toString('latin1')).toContain('Nguyen Van A');
    const result = await bring(sending(given));
    expect(result).toMatchObject({ kind: 'media', media: { mime: 'image/jpeg' } });
    const media = result.kind === 'media' ? result.media : undefined;
    const { exif, width, height } = await sharp(media?.bytes).metadata();
    expect([exif, width, height]).toEqual([undefined, 20, 60]);
    expect(Buffer.from(media?.bytes ?? []).includes('Nguyen')).toBe(false);
  });

  test('that would unpack into a giant is refused', async () => {
    const giant = await sharp({ create: { width: 10_000, height: 7_000, channels: 3, background: 'black' } })
      .png()
      .toBuffer();
    expect(await bring(sending(giant))).toEqual({ kind: 'refused', reason: 'picture_unreadable' });
  });

  test('is made at most 2,560 pixels long', async () => {
    const wide = await sharp({ create: { width: 3_000, height: 30, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const result = await bring(sending(wide));
    expect((await sharp(result.kind === 'media' ? result.media.bytes : undefined).metadata()).width).toBe(2_560);
  });

  test('is shrunk until it fits, left alone when it does, and given up when nothing helps', async () => {
    const bytes = await noisyPicture(600);
    const picture = { bytes, mime: 'image/png', extension: 'png' };
    expect(await shrinkPicture(picture, bytes.length)).toBe(picture);
    const shrunk = await shrinkPicture(picture, 100_000);
    expect(shrunk?.mime).toBe('image/jpeg');
    expect(shrunk?.bytes.length).toBeLessThanOrEqual(100_000);
    expect(await shrinkPicture(picture, 500)).toBeUndefined();
  });
});
