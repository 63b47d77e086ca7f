import type { FastifyInstance } from 'fastify';
import type { InboundEvent } from './bot/message.ts';
import type { Clock } from './bot/ports.ts';
import { type CustomerMark, createCustomerMark } from './integrations/agent-desk/customer-mark.ts';
import type { Limits } from './integrations/limits/load-limits.ts';
import { createCarryOutErasures } from './integrations/privacy/carry-out-erasure.ts';
import type { ByAddressDeps } from './integrations/privacy/conversations-by-address.ts';
import { createExportLinks, type ExportLinks } from './integrations/privacy/export-links.ts';
import { createExportRoutes } from './integrations/privacy/export-routes.ts';
import { createKeepRetention } from './integrations/privacy/keep-retention.ts';
import { loadRetention } from './integrations/privacy/load-retention.ts';
import type { CreateRateLimiter } from './integrations/rate-limiters.ts';
import type { AddressSeal } from './integrations/sealed-address.ts';
import type { Storage } from './integrations/storage/storage.ts';

interface PrivacyDeps {
  readonly storage: Storage;
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly addresses: AddressSeal;
  readonly adapters: ByAddressDeps['adapters'];
  readonly secretKey: string;
  /** Where its pages are, without a slash at the end. */
  readonly pagesUrl: string;
  readonly nodeId: string;
  readonly clock: Clock;
  readonly createLimiter: CreateRateLimiter;
  readonly limits: Pick<Limits, 'document'>;
}

export interface Privacy {
  /** Pages of what is kept about somebody. */
  readonly pages: { register(app: FastifyInstance): Promise<void> };
  /** For the desk: the same links as the bot gives, to be handed over by letter, and how its log names customers. */
  readonly forDesk: {
    readonly exportLinks: ExportLinks;
    readonly markCustomer: CustomerMark;
  } & ByAddressDeps;
  /** Takes out what has been kept long enough. */
  readonly keepRetention: () => Promise<void>;
  /** One round of the erasures that were asked for. */
  readonly carryOutErasures: () => Promise<void>;
}

/** What the service does about the data of people. */
export function openPrivacy({ storage, secretKey, pagesUrl, ...deps }: PrivacyDeps): Privacy {
  const retention = loadRetention();
  const all = { ...storage, ...deps, retention };
  const byAddress = { addresses: deps.addresses, adapters: deps.adapters };
  const exportLinks = createExportLinks(secretKey, pagesUrl);
  return {
    forDesk: { exportLinks, markCustomer: createCustomerMark(secretKey), ...byAddress },
    pages: createExportRoutes({
      ...{ ...all, exportLinks },
      openings: deps.createLimiter({ name: 'export', ...deps.limits.document }),
    }),
    keepRetention: createKeepRetention(all),
    carryOutErasures: createCarryOutErasures(all),
  };
}
