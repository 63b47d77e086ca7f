import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A font with all Vietnamese marks comes along: what a server has installed does not matter. */
export const FONT_FILES = {
  regular: require.resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf'),
};
