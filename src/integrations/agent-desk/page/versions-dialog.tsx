import { type ReactNode, useEffect, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { dateTimeWords } from './format.ts';

interface VersionsProps<Version> {
  readonly title: string;
  readonly onClose: () => void;
  /** The version that stands on the page. */
  readonly shown: Version;
  /** Asks for all, the oldest first. */
  readonly load: (id: string) => Promise<{ readonly versions: readonly Version[] }>;
  /** What one version says. */
  readonly children: (version: Version) => ReactNode;
}

interface Versioned {
  readonly id: string;
  readonly version: number;
  readonly updatedAt: number;
  readonly changedBy: { readonly name: string };
}

/** Every version of one record, the newest first: who said what, and when. */
export function VersionsDialog<Version extends Versioned>(props: VersionsProps<Version>) {
  const { title, onClose, shown, load, children } = props;
  const [versions, setVersions] = useState<readonly Version[]>([shown]);
  useEffect(() => {
    load(shown.id).then(
      (answer) => setVersions([...answer.versions].reverse()),
      () => {
        // The version that stands on the page is shown; the connection has a banner of its own.
      },
    );
  }, [shown.id, load]);
  return (
    <ModalOverlay className="overlay" isDismissable isOpen onOpenChange={(open) => open || onClose()}>
      <Modal className="modal">
        <Dialog>
          <Heading slot="title">{title}</Heading>
          <ol reversed className="incident-versions">
            {versions.map((one) => (
              <li key={one.version}>
                <strong>Bản {one.version}</strong> · {dateTimeWords(one.updatedAt)} · {one.changedBy.name}
                <br />
                {children(one)}
              </li>
            ))}
          </ol>
          <div className="modal-actions">
            <Button className="button secondary" onPress={onClose}>
              Đóng
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
