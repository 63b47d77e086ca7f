import { type FormEvent, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import type { DemoAgentHint, DeskAgent } from '../desk-api/session.ts';
import { ROLE_WORDS } from '../desk-words.ts';
import { callDesk, DeskError } from './call-desk.ts';
import { Icon } from './icons.tsx';

interface LoginProps {
  readonly demoAgents: readonly DemoAgentHint[];
  readonly notice?: string | undefined;
  readonly onLogIn: (agent: DeskAgent) => void;
}

export function LoginPage({ demoAgents, notice, onLogIn }: LoginProps) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    setRefusal(undefined);
    try {
      const { agent } = await callDesk.logIn(login, password);
      if (agent !== undefined) {
        onLogIn(agent);
      }
    } catch (error) {
      setRefusal(error instanceof DeskError ? error.message : 'Có lỗi trên trang. Vui lòng tải lại.');
      setIsBusy(false);
    }
  }

  function fill(hint: DemoAgentHint): void {
    setLogin(hint.login);
    setPassword(hint.password);
  }

  return (
    <main className="login">
      <section className="login-card">
        <div className="brand brand-large">
          <Icon name="bolt" size={26} /> Lắng Nghe
        </div>
        <h1>Bàn làm việc của nhân viên</h1>
        {notice !== undefined && <p className="notice">{notice}</p>}
        <Form onSubmit={submit}>
          <TextField value={login} onChange={setLogin} isRequired autoComplete="username">
            <Label>Tên đăng nhập</Label>
            <Input autoFocus autoCapitalize="none" spellCheck="false" />
          </TextField>
          <TextField value={password} onChange={setPassword} type="password" isRequired autoComplete="current-password">
            <Label>Mật khẩu</Label>
            <Input />
          </TextField>
          <p className="refusal" role="alert">
            {refusal}
          </p>
          <Button type="submit" className="button primary" isDisabled={isBusy}>
            {isBusy ? 'Đang đăng nhập…' : 'Đăng nhập'}
          </Button>
        </Form>
        {demoAgents.length > 0 && <DemoHints demoAgents={demoAgents} onPick={fill} />}
      </section>
    </main>
  );
}

function DemoHints({
  demoAgents,
  onPick,
}: {
  readonly demoAgents: readonly DemoAgentHint[];
  onPick(hint: DemoAgentHint): void;
}) {
  return (
    <section className="demo-hints" aria-labelledby="demo-hints">
      <h2 id="demo-hints">Bản dùng thử: chọn một tài khoản</h2>
      <ul>
        {demoAgents.map((hint) => (
          <li key={hint.login}>
            <Button className="demo-agent" onPress={() => onPick(hint)}>
              <strong>{hint.name}</strong>
              <span className="chip">{ROLE_WORDS[hint.role]}</span>
              <code>
                {hint.login} / {hint.password}
              </code>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
