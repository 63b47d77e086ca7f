import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './desk.css';

const root = document.getElementById('desk');
if (root === null) {
  throw new Error('The page has no element with the id "desk".');
}
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="vi-VN">
      <App />
    </I18nProvider>
  </StrictMode>,
);
