package reference

import (
	"encoding/json"
	"testing"

	"linli/backend/app"
)

func TestStatusWords_NameEveryStateInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		text, err := StatusWords(lang)
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]map[string]string
		if err := json.Unmarshal(text, &words); err != nil {
			t.Fatal(err)
		}
		for _, m := range app.Lifecycles() {
			for _, s := range m.States {
				if words[m.Name][s.Code] == "" {
					t.Errorf("%s.%s has no name in %s", m.Name, s.Code, lang)
				}
			}
		}
	}
	if _, err := StatusWords("fr"); err == nil {
		t.Error("a language nobody wrote is answered")
	}
}
