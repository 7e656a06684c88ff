/**
 * Dialog and side panel on the browser's <dialog>: focus trap, Escape and inert background
 * are its own.
 */
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "@/lib/i18n";
import { IconButton } from "./Button";
import "./dialog.css";

export interface DialogProps {
  title: ReactNode;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the bottom; the primary one first. */
  actions?: ReactNode;
  /** At the right edge, full height: a row's details beside its list. */
  side?: boolean;
}

export function Dialog({ title, open, onClose, children, actions, side }: DialogProps) {
  const { t } = useTranslation("ui");
  const box = useRef<HTMLDialogElement>(null);
  const head = useId();
  useEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  if (!open) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click is only on the backdrop
    <dialog
      ref={box}
      className={`dialog ${side ? "side" : ""}`}
      aria-labelledby={head}
      onClose={onClose}
      onClick={(event) => event.target === box.current && onClose()}
    >
      <div className="dialogbody">
        <header>
          <h2 id={head} tabIndex={-1}>
            {title}
          </h2>
          <IconButton icon="cross" label={t("close")} onClick={onClose} />
        </header>
        <div className="dialogcontent">{children}</div>
        {actions && <footer>{actions}</footer>}
      </div>
    </dialog>
  );
}

export const SidePanel = (props: Omit<DialogProps, "side">) => <Dialog {...props} side />;
