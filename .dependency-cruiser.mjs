/**
 * Which folder may import which: main → integrations → bot → dialogs → nlu. Each comment says what to do instead.
 * Types count as well. Cycles are found by Biome (`noImportCycles`), which lets types go round.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it imports nothing: delete it, or import it where it belongs.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^scripts/[^/]+\\.(ts|mjs)$', '\\.test\\.tsx?$'] },
      to: {},
    },
    {
      name: 'nlu-imports-no-other-folder',
      comment: 'Text in, understanding out. What `nlu` needs to know is passed to it as an argument.',
      severity: 'error',
      from: { path: '^src/nlu/' },
      to: { path: '^src/', pathNot: '^src/nlu/' },
    },
    {
      name: 'dialogs-import-only-nlu',
      comment: 'A dialog asks for an action by name (`run-action.ts`); the turn runs it. Move the rest to `bot`.',
      severity: 'error',
      from: { path: '^src/dialogs/' },
      to: { path: '^src/', pathNot: '^src/(dialogs|nlu)/' },
    },
    {
      name: 'bot-imports-only-dialogs-and-nlu',
      comment: 'Say what the bot needs as a port in `src/bot/ports.ts`, and let an integration provide it.',
      severity: 'error',
      from: { path: '^src/bot/' },
      to: { path: '^src/', pathNot: '^src/(bot|dialogs|nlu)/' },
    },
    {
      name: 'integrations-do-not-import-main',
      comment:
        'What is wired at the start is passed in as a dependency. Only `start-error.ts` may be thrown from here.',
      severity: 'error',
      from: { path: '^src/integrations/' },
      to: { path: '^src/[^/]+$', pathNot: '^src/start-error\\.ts$' },
    },
    {
      name: 'tariffs-are-a-leaf',
      comment: 'Prices are computed from data and arguments alone. Let an integration bring them to the dialogs.',
      severity: 'error',
      from: { path: '^src/tariffs/' },
      to: { path: '^src/', pathNot: '^src/tariffs/' },
    },
    {
      name: 'channels-do-not-import-each-other',
      comment: 'What two channels share belongs into `src/bot` (if the bot has a word for it) or beside the channels.',
      severity: 'error',
      from: { path: '^src/integrations/channels/([^/]+)/' },
      to: { path: '^src/integrations/channels/[^/]+/', pathNot: '^src/integrations/channels/$1/' },
    },
    {
      name: 'channels-know-no-storage',
      comment: 'A channel speaks to the bot through its ports; `main` hands it the store behind them.',
      severity: 'error',
      from: { path: '^src/integrations/(channels|agent-desk)/' },
      to: { path: '^src/integrations/storage/' },
    },
    {
      name: 'storages-do-not-import-each-other',
      comment: 'What two storages share is a port or one of its types in `src/bot`; keep the engines apart.',
      severity: 'error',
      from: { path: '^src/integrations/storage/([^/]+)/' },
      to: { path: '^src/integrations/storage/[^/]+/', pathNot: '^src/integrations/storage/$1/' },
    },
    {
      name: 'core-touches-no-machine',
      comment:
        'No disk, network, clock or chance here: use a port. Files are read by a `load-*.ts` of the same folder.',
      severity: 'error',
      from: { path: '^src/(nlu|dialogs|bot|tariffs)/', pathNot: '/load-[^/]+\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-knows-no-vendor',
      comment: 'Packages of channels, servers and databases stay in `src/integrations`, behind a port.',
      severity: 'error',
      from: { path: '^src/(nlu|dialogs|bot|tariffs)/' },
      to: { path: 'node_modules/(fastify|@fastify|better-sqlite3|mongoose|redis|undici|ws|pino|telegraf|botbuilder)' },
    },
    {
      name: 'sources-do-not-import-tests-or-scripts',
      comment: 'Move what the running service needs into `src`.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'only-the-demo-opens-simulators',
      comment: 'A real service must start without the folder: let `src/open-demo-zalo.ts` open what the demo needs.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/open-demo-zalo\\.ts$' },
      to: { path: '^simulators/' },
    },
    {
      name: 'simulators-are-the-other-side',
      comment: 'A simulator that shares code with the product shares its mistakes: write what it needs anew.',
      severity: 'error',
      from: { path: '^simulators/' },
      to: { path: '^(src|test|scripts)/' },
    },
    {
      name: 'only-declared-packages',
      comment: 'Add the package to package.json: under `dependencies` when anything in `src` imports it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    },
    {
      name: 'sources-need-no-development-packages',
      comment: 'A service installed without development packages would not start: move it to `dependencies`.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'The file is not there: correct the path, with its ending (`.ts`).',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
