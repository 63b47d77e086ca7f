import { z } from 'zod';
import type { ChannelKind } from '../channel.ts';
import { readSettings } from '../read-settings.ts';

const schema = z.object({
  /** `smtps://user:password@smtp.example.vn:465`, or `smtp://…:587`, which begins TLS by itself. */
  EMAIL_SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  EMAIL_FROM: z.email(),
  EMAIL_FROM_NAME: z.string().default('Điện lực'),
  /** False: a server on this machine or in its network that speaks without TLS. */
  EMAIL_REQUIRES_TLS: z.stringbool().default(true),
  EMAIL_TIMEOUT_MS: z.coerce.number().int().min(1).default(20_000),
});

/** Notices by e-mail, served when a mail server is set. */
export const emailChannel: ChannelKind = {
  liveOnly: ['EMAIL_SMTP_URL'],
  configure(env) {
    if (env['EMAIL_SMTP_URL'] === undefined) {
      return undefined;
    }
    const set = readSettings(schema, env);
    return {
      name: 'email',
      async open(parts) {
        // Only who has a mail server waits for the library.
        const { createEmailChannel } = await import('./adapter.ts');
        return createEmailChannel({
          ...parts,
          smtpUrl: set.EMAIL_SMTP_URL,
          from: { name: set.EMAIL_FROM_NAME, address: set.EMAIL_FROM },
          requiresTls: set.EMAIL_REQUIRES_TLS,
          timeoutMs: set.EMAIL_TIMEOUT_MS,
        });
      },
    };
  },
};
