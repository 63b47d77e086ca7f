/** Where the widget asks for the names that it shows. */
export const NAMES_PATH = '/chat/names';
