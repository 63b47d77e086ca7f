import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Where the bundles go, and where the server finds them. */
export const PAGES_FOLDER = join(ROOT, 'dist/pages');

/** Bundle name → its entry. */
export const bundles: Readonly<Record<string, string>> = {
  page: join(ROOT, 'src/integrations/channels/web/page/main.tsx'),
  widget: join(ROOT, 'src/integrations/channels/web/widget/main.tsx'),
  desk: join(ROOT, 'src/integrations/agent-desk/page/main.tsx'),
};
