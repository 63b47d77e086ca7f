import { useCallback, useEffect, useState } from 'react';
import type { DemoAgentHint, DeskAgent } from '../desk-api/session.ts';
import { callDesk } from './call-desk.ts';
import { DeskPage } from './desk-page.tsx';
import { DispatchPage } from './dispatch-page.tsx';
import { LoginPage } from './login-page.tsx';
import { ToastProvider } from './toasts.tsx';

type Session =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'out'; readonly demoAgents: readonly DemoAgentHint[]; readonly notice?: string }
  | { readonly kind: 'in'; readonly agent: DeskAgent };

/** Log-in page or desk, by who is logged in. */
export function App() {
  const [session, setSession] = useState<Session>({ kind: 'asking' });

  const ask = useCallback(async (notice?: string) => {
    try {
      const { agent, demoAgents } = await callDesk.session();
      setSession(agent ? { kind: 'in', agent } : { kind: 'out', demoAgents, ...(notice !== undefined && { notice }) });
    } catch {
      setSession({ kind: 'unreachable' });
    }
  }, []);
  const onLogOut = useCallback(() => ask(), [ask]);
  const onSessionEnded = useCallback(() => ask('Phiên làm việc đã hết. Tin đang viết dở vẫn còn.'), [ask]);

  useEffect(() => {
    void ask();
  }, [ask]);
  useEffect(() => {
    if (session.kind === 'unreachable') {
      const retry = setTimeout(ask, 3_000);
      return () => clearTimeout(retry);
    }
    return undefined;
  }, [session, ask]);

  switch (session.kind) {
    case 'asking':
      return <main className="whole-page" aria-busy="true" aria-label="Đang tải" />;
    case 'unreachable':
      return (
        <main className="whole-page">
          <p role="alert">Không kết nối được máy chủ. Đang thử lại…</p>
        </main>
      );
    case 'out':
      return (
        <LoginPage
          demoAgents={session.demoAgents}
          notice={session.notice}
          onLogIn={(agent) => setSession({ kind: 'in', agent })}
        />
      );
    case 'in': {
      const Page = session.agent.role === 'dispatcher' ? DispatchPage : DeskPage;
      return (
        <ToastProvider>
          <Page
            key={`${session.agent.id}/${session.agent.role}`}
            agent={session.agent}
            onLogOut={onLogOut}
            onSessionEnded={onSessionEnded}
          />
        </ToastProvider>
      );
    }
  }
}
