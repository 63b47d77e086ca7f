/** @jsxImportSource preact */
import './page.css';
import { render } from 'preact';
import { PhonePanel } from './phone-panel.tsx';

const phone = document.getElementById('phone-panel');
if (phone !== null) {
  render(<PhonePanel />, phone);
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard?.writeText(button.getAttribute('data-copy') ?? '');
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), 1500);
  });
}
