/** For stores whose log must stay empty. */
export const failingLog = {
  error(details: object, message: string): never {
    throw new Error(message, { cause: details });
  },
};
