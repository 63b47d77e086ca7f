import { useState } from 'react';
import {
  Button,
  Dialog,
  Heading,
  Menu,
  MenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover,
} from 'react-aria-components';
import type { DeskAgent } from '../desk-api/session.ts';
import { ROLE_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { Icon } from './icons.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { OTHER_KEYS, SHORTCUTS } from './shortcuts.ts';
import { useShortcut } from './use-shortcut.ts';

interface AccountProps {
  readonly agent: DeskAgent;
  readonly onLogOut: () => void;
  readonly onError: (error: unknown) => void;
}

/** What an agent does about the own account, and the sheet of keys. */
export function AccountMenu({ agent, onLogOut, onError }: AccountProps) {
  const [open, setOpen] = useState<'keys' | 'password'>();
  useShortcut('KeyH', () => setOpen('keys'));

  async function logOut(everywhere: boolean): Promise<void> {
    try {
      await (everywhere ? callDesk.logOutEverywhere() : callDesk.logOut());
      onLogOut();
    } catch (error) {
      onError(error);
    }
  }
  const actions: Record<string, () => unknown> = {
    keys: () => setOpen('keys'),
    password: () => setOpen('password'),
    notify: () => Notification.requestPermission(),
    everywhere: () => logOut(true),
    out: () => logOut(false),
  };

  return (
    <>
      <MenuTrigger>
        <Button className="button quiet-button">
          <span className="wide-only">
            <strong>{agent.name}</strong> <span className="who-role">{ROLE_WORDS[agent.role]}</span>
          </span>
          <span className="narrow-only hidden-words">Tài khoản {agent.name}</span>
          <Icon name="team" size={16} />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label="Tài khoản" onAction={(key) => actions[String(key)]?.()}>
            <MenuItem id="keys">Phím tắt (Alt + H)</MenuItem>
            <MenuItem id="notify">Bật thông báo của trình duyệt</MenuItem>
            <MenuItem id="password">Đổi mật khẩu…</MenuItem>
            <MenuItem id="everywhere">Đăng xuất mọi nơi</MenuItem>
            <MenuItem id="out">Đăng xuất</MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {open === 'keys' && <KeySheet onClose={() => setOpen(undefined)} />}
      {open === 'password' && <PasswordDialog onClose={() => setOpen(undefined)} />}
    </>
  );
}

function KeySheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <ModalOverlay className="overlay" isDismissable isOpen onOpenChange={(isOpen) => isOpen || onClose()}>
      <Modal className="modal">
        <Dialog>
          <Heading slot="title">Phím tắt</Heading>
          <dl className="keys">
            {[...SHORTCUTS, ...OTHER_KEYS].map(({ keys, words }) => (
              <div key={keys + words}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
          <Button className="button primary" onPress={onClose} autoFocus>
            Đóng
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
