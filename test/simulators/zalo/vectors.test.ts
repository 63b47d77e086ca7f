import { describe, expect, test } from '@jest/globals';
import { appSecretProof, codeChallengeOf, webhookMac } from '../../../simulators/zalo/signature.ts';

describe('published vectors', () => {
  test('the webhook signature is plain SHA-256 over app id, raw body, timestamp and OA secret key', () => {
    const body = Buffer.from(
      '{"app_id":"4100000000000000001","user_id_by_app":"5500000000000000002","event_name":"user_send_text","timestamp":"1763769600123","sender":{"id":"2460000000000000003"},"recipient":{"id":"3880000000000000004"},"message":{"msg_id":"96d3cdf3af150460909a","text":"Tra cứu tiền điện tháng 11"}}',
    );
    expect(body.byteLength).toBe(296);
    const mac = webhookMac({
      appId: '4100000000000000001',
      body,
      timestamp: '1763769600123',
      oaSecretKey: 'SIM_OA_SECRET_KEY_0123456789',
    });
    expect(mac).toBe('351d23574d3c18a2ebadac8bccb9e679f4b65931cc911d8a38399d041ed7a66e');
  });

  test('the proof is an HMAC of the access token keyed with the app secret', () => {
    expect(appSecretProof('SIM_ACCESS_TOKEN', 'SIM_APP_SECRET')).toBe(
      '6941b4dde014af5147d222dad3501a3a49758dc0effea0296c32c5a480d46b83',
    );
  });

  test('the code challenge is that of RFC 7636', () => {
    expect(codeChallengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });
});
