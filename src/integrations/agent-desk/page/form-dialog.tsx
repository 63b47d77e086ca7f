import { type FormEvent, type ReactNode, useState } from 'react';
import { Button, Dialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { DeskError } from './call-desk.ts';

interface FormDialogProps {
  readonly title: string;
  readonly submitWords: string;
  readonly isComplete: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What follows when the answer was taken; it closes when not given. */
  readonly onDone?: () => void;
  /** `force`: although something newer stands in the conversation. */
  readonly onSubmit: (force: boolean) => Promise<void>;
  readonly children: ReactNode;
}

/** A question with its answer to fill in. It stays open, with what was filled in, when the answer is refused. */
export function FormDialog(props: FormDialogProps) {
  const { title, submitWords, isComplete, isOpen, onClose, onDone = onClose, onSubmit, children } = props;
  const [refusal, setRefusal] = useState<DeskError>();
  const [isBusy, setIsBusy] = useState(false);
  const isStale = refusal?.code === 'stale_screen';

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isComplete || isBusy) {
      return;
    }
    setIsBusy(true);
    setRefusal(undefined);
    try {
      await onSubmit(isStale);
      onDone();
    } catch (error) {
      setRefusal(error instanceof DeskError ? error : new DeskError('page', 'Có lỗi trên trang. Vui lòng tải lại.'));
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <ModalOverlay className="overlay" isDismissable isOpen={isOpen} onOpenChange={(open) => open || onClose()}>
      <Modal className="modal">
        <Dialog>
          <Heading slot="title">{title}</Heading>
          <Form className="form" onSubmit={submit}>
            {children}
            <p className="refusal" role="alert">
              {refusal?.message}
            </p>
            <div className="modal-actions">
              <Button className="button secondary" onPress={onClose}>
                Quay lại
              </Button>
              <Button type="submit" className="button primary" isDisabled={!isComplete || isBusy}>
                {isStale ? `Vẫn ${submitWords.toLowerCase()}` : submitWords}
              </Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
