import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface VersionsProps {
  readonly title: string;
  readonly onClose: () => void;
  /** List items, the newest first. */
  readonly children: ReactNode;
}

/** The versions of one record, to read. */
export function VersionsDialog({ title, onClose, children }: VersionsProps) {
  return (
    <ModalOverlay className="overlay" isDismissable isOpen onOpenChange={(open) => open || onClose()}>
      <Modal className="modal">
        <Dialog>
          <Heading slot="title">{title}</Heading>
          <ol reversed className="incident-versions">
            {children}
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
