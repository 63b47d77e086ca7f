import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';

const LIVE = {
  MODE: 'live',
  SECRET_KEY: 'a-secret-key-of-a-service-32-long!',
  PUBLIC_URL: 'https://chat.dienluc.example',
  SMS_URL: 'https://sms.dienluc.example/send',
};
const ZALO = { ZALO_APP_ID: '1', ZALO_APP_SECRET: 'app', ZALO_OA_SECRET_KEY: 'oa', ZALO_OA_ID: '2' };
const channelsOf = (env: NodeJS.ProcessEnv) => readConfig(env).channels.map(({ name }) => name);

describe('the settings of channels', () => {
  test('a channel is served when its settings are there', () => {
    expect(channelsOf(LIVE)).not.toContain('zalo');
    expect(channelsOf({ ...LIVE, ...ZALO })).toContain('zalo');
    expect(channelsOf({ ...LIVE, ZALO_APP_ID: '' })).not.toContain('zalo');
  });

  test('half of the settings of a channel end the start, and the missing ones are named', () => {
    expect(() => readConfig({ ...LIVE, ...ZALO, ZALO_APP_SECRET: '' })).toThrow('Zalo needs ZALO_APP_SECRET too');
  });

  test('a wrong setting of a channel is named, and its value is not shown', () => {
    const start = () => readConfig({ ...LIVE, ...ZALO, ZALO_CONNECT_KEY: 'short-secret' });
    expect(start).toThrow('ZALO_CONNECT_KEY');
    expect(start).not.toThrow('short-secret');
  });

  test('the demo refuses what belongs to a real service', () => {
    expect(() => readConfig(ZALO)).toThrow('The demo does not take ZALO_APP_ID');
  });
});

test('Redis without a database that nodes share is refused, and so is an address of another kind', () => {
  expect(() => readConfig({ REDIS_URL: 'redis://127.0.0.1/' })).toThrow('set MONGODB_URL, too');
  expect(() => readConfig({ REDIS_URL: '127.0.0.1', MONGODB_URL: 'mongodb://127.0.0.1/' })).toThrow('redis://');
});
