interface Follower {
  /** Does some of what is left; returns how much. */
  follow(): Promise<number>;
}

/** What several derive after the commit, one after the other. */
export function followInTurn(followers: readonly Follower[]): Follower {
  return {
    async follow() {
      let done = 0;
      for (const follower of followers) {
        done += await follower.follow();
      }
      return done;
    },
  };
}
