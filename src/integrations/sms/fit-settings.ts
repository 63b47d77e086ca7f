import { z } from 'zod';
import type { Environment } from '../channels/channel.ts';
import { readSettings } from '../channels/read-settings.ts';
import type { FitOptions } from './segments.ts';

/** How long a text may be that goes out by SMS, and in which form it goes. */
export type SmsFit = Required<Pick<FitOptions, 'maxSegments' | 'keepsMarks'>>;

/** The settings themselves, for whoever reads them with others. */
export const smsFitSettings = {
  SMS_MAX_SEGMENTS: z.coerce.number().int().min(1).max(9).default(3),
  SMS_KEEPS_MARKS: z.stringbool().default(false),
};

const schema = z.object(smsFitSettings);

/** They hold in the demo as well, for its phone. */
export function readSmsFit(env: Environment): SmsFit {
  const set = readSettings(schema, env);
  return { maxSegments: set.SMS_MAX_SEGMENTS, keepsMarks: set.SMS_KEEPS_MARKS };
}
