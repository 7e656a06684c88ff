package reference

import (
	"encoding/json"
	"fmt"

	"linli/backend/app"
)

// StatusWords is the name of every lifecycle state in a language ("zh" or "en") as the web app
// reads it: {"need": {"open": "…"}}. The tables are the one place where states are named.
func StatusWords(lang string) ([]byte, error) {
	words := map[string]map[string]string{}
	for _, m := range app.Lifecycles() {
		names := map[string]string{}
		for _, s := range m.States {
			switch lang {
			case "zh":
				names[s.Code] = s.ZH
			case "en":
				names[s.Code] = s.EN
			default:
				return nil, fmt.Errorf("no state has a name in %q", lang)
			}
		}
		words[m.Name] = names
	}
	text, err := json.MarshalIndent(words, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the names of states: %w", err)
	}
	return append(text, '\n'), nil
}
