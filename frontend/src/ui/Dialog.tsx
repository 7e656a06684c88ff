/**
 * Dialog and side panel on the browser's <dialog>: focus trap, Escape and inert background
 * are its own. Closed, it is not in the page at all.
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
    if (!open || !dialog) return;
    const opener = document.activeElement;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => handBack(opener);
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

/**
 * A dialog that is taken out of the page leaves the keyboard nowhere: it goes back to what opened
 * the dialog, or to the page's heading when that is gone, unless something else has taken it.
 */
function handBack(opener: Element | null) {
  if (document.activeElement && document.activeElement !== document.body) return;
  const there = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
  (there ? opener : document.querySelector<HTMLElement>("main h1"))?.focus({ preventScroll: true });
}

export const SidePanel = (props: Omit<DialogProps, "side">) => <Dialog {...props} side />;
