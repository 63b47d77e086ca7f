/** Folder of what a start would otherwise make anew: the trained model, checked content, compiled sources. */
export function modelFolderOf(env: Readonly<Record<string, string | undefined>>): string {
  return env['MODEL_DIR'] || env['DATA_DIR'] || DEFAULT_DATA_FOLDER;
}

export const DEFAULT_DATA_FOLDER = 'var';
