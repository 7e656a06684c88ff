import { useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { ComboBox as Aria } from "react-aria-components/ComboBox";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Text } from "react-aria-components/Text";
import { localeOf, useTranslation } from "@/lib/i18n";
import type { FieldProps } from "./fields";
import { Icon } from "./icons";

/**
 * react-aria adds one <style> element for touch screens, which our content security policy
 * forbids. It asks first whether the element is there; forms.css holds the rule instead.
 */
const pressableStyle = "react-aria-pressable-style";
if (!document.getElementById(pressableStyle)) {
  const marker = document.createElement("meta");
  marker.id = pressableStyle;
  document.head.append(marker);
}

export interface ComboOption {
  value: string;
  label: string;
  /** A second line: district and street of a community, number of an organisation. */
  note?: string;
}

export interface ComboProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  options: ComboOption[];
  /** Words of the chosen value when it is not among `options`. */
  text?: string;
  /** Called as one types; the page then passes what the server found as `options`. */
  onSearch?: (words: string) => void;
}

export default function ComboBoxInner({
  label,
  help,
  error,
  optional,
  id,
  value,
  onChange,
  options,
  text,
  onSearch,
}: ComboProps) {
  const { t, lang } = useTranslation("ui");
  const chosen = options.find((o) => o.value === value)?.label ?? (value ? text : "") ?? "";
  const [typed, setTyped] = useState<string>();
  const [root, setRoot] = useState<HTMLElement | null>(null);
  // A modal dialog lies above the whole page: its proposals must lie inside it to be seen.
  const above = root?.closest("dialog") ?? undefined;
  const words = typed ?? chosen;
  const shown = onSearch || typed === undefined ? options : options.filter((o) => matches(o, typed));

  return (
    <I18nProvider locale={localeOf(lang)}>
      <Aria
        ref={setRoot}
        className={`field combo ${error ? "invalid" : ""}`}
        inputValue={words}
        onInputChange={(next) => {
          setTyped(next);
          onSearch?.(next);
        }}
        selectedKey={value || null}
        onSelectionChange={(key) => {
          setTyped(undefined);
          onChange(key === null ? "" : String(key));
        }}
        onBlur={() => setTyped(undefined)}
        items={shown}
        menuTrigger="focus"
        isInvalid={Boolean(error)}
        allowsEmptyCollection
      >
        <Label>
          {label}
          {optional && <span className="optional">{t("optional")}</span>}
        </Label>
        {help && (
          <Text slot="description" className="help">
            {help}
          </Text>
        )}
        <span className="combobox">
          <Input id={id} className="input" />
          <AriaButton className="iconbtn" aria-label={t("choose")}>
            <Icon name="down" />
          </AriaButton>
        </span>
        {error && (
          <Text slot="errorMessage" className="error">
            {error}
          </Text>
        )}
        <Popover UNSTABLE_portalContainer={above}>
          <ListBox<ComboOption>
            className="combo-list"
            renderEmptyState={() => <div className="combo-item muted">{t("nothingFound")}</div>}
          >
            {(o) => (
              <ListBoxItem id={o.value} textValue={o.label} className="combo-item">
                {o.label}
                {o.note && <small>{o.note}</small>}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </Aria>
    </I18nProvider>
  );
}

const matches = (o: ComboOption, words: string) =>
  `${o.label} ${o.note ?? ""}`.toLowerCase().includes(words.trim().toLowerCase());
