/** @jsxImportSource preact */
import './css/frame.css';
import './css/people.css';
import './css/chat.css';
import './css/attachments.css';
import './css/stage.css';
import './css/composer.css';
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root !== null) {
  render(<App />, root);
}
