/** @jsxImportSource preact */
import './widget.css';
import { render } from 'preact';
import { NAMES_PATH } from '../names-path.ts';
import type { Speakers } from '../render.ts';
import { openStorage } from './browser-storage.ts';
import { createChat } from './chat.ts';
import { ChatWidget } from './chat-widget.tsx';
import { WORDS } from './words.ts';

// Where this script comes from is where the chat server is, also when another site embeds it.
const home = new URL(import.meta.url);
const host = document.createElement('lang-nghe-chat');
const root = host.attachShadow({ mode: 'open' });
const style = document.createElement('link');
const container = document.createElement('div');

const storage = openStorage(() => globalThis.localStorage);
const tab = openStorage(() => globalThis.sessionStorage);
const chat = createChat({ base: home.origin, storage });

/** `<a data-open-chat="câu hỏi">` anywhere in the page opens the window, and asks the question if there is one. */
function onAskedFor(callBack: (question: string | undefined) => void): () => void {
  const onClick = (event: MouseEvent) => {
    const opener = event.target instanceof Element ? event.target.closest('[data-open-chat]') : null;
    if (opener !== null) {
      event.preventDefault();
      callBack(opener.getAttribute('data-open-chat') || undefined);
    }
  };
  document.addEventListener('click', onClick);
  return () => document.removeEventListener('click', onClick);
}

style.rel = 'stylesheet';
style.href = new URL('widget.css', home).href;
/** The name of the utility; a plain word when it cannot be had now. */
async function askForName(): Promise<string> {
  try {
    const answer = await fetch(new URL(NAMES_PATH, home));
    const { system } = (await answer.json()) as Partial<Speakers>;
    return system ?? WORDS.utility;
  } catch {
    return WORDS.utility;
  }
}

const name = askForName();
const show = async () => {
  const utility = await name;
  render(<ChatWidget chat={chat} utility={utility} tab={tab} storage={storage} onAskedFor={onAskedFor} />, container);
};
// Without its style sheet the widget would flash up as bare text; if there is none, bare text is better than nothing.
style.onload = () => void show();
style.onerror = () => void show();
root.append(style, container);
document.body.append(host);
