import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * The flags of a command. `--help` prints how it is used and ends with 0; a flag that it does not have ends it with 1, and
 * says which one.
 */
export function readFlags<const T extends ParseArgsConfig>(usage: string, config: T): ReturnType<typeof parseArgs<T>> {
  if (process.argv.slice(2).some((given) => given === '--help' || given === '-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(1);
  }
}
