/** A server that is measured: it lives in a process of its own and is spoken to by IPC. */
export interface Contestant {
  readonly port: number;
  /** Resolves when nothing is under way. */
  idle?(): Promise<void>;
  stop?(): Promise<void>;
}

export type ContestantCommand = { readonly start: string } | 'cpu' | 'stop';

/** What a process has used, in µs, once it is idle. */
export interface CpuReport {
  readonly cpuMicros: number;
}

/** Runs a contestant: `start` gets the address of the sink that stands for the channel. */
export function runContestant(start: (sinkUrl: string) => Promise<Contestant>): void {
  let contestant: Contestant | undefined;

  async function obey(command: ContestantCommand): Promise<void> {
    if (command === 'stop') {
      await contestant?.stop?.();
      process.exit(0);
    }
    if (command === 'cpu') {
      await contestant?.idle?.();
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMicros: user + system } satisfies CpuReport);
      return;
    }
    contestant = await start(command.start);
    process.send?.({ port: contestant.port });
  }

  process.on('message', (command: ContestantCommand) => {
    obey(command).catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });
  // The parent is gone: so are we.
  process.on('disconnect', () => process.exit(0));
}
