package needs

import (
	"context"
	"unicode"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

// Preview is what the public will read of an author's words, and what was hidden.
type Preview struct {
	Public string
	Marks  []need.Mark
}

// PreviewWords masks free text as the public will see it. Fault access.forbidden.
func (s *Service) PreviewWords(ctx context.Context, actor access.Actor, place ident.PlaceID, words string) (Preview, error) {
	return app.Look(ctx, s.app, actor, access.NeedPost, func(ctx context.Context, u *app.Unit) (Preview, error) {
		public, marks, err := mask(ctx, u, place, words)
		return Preview{public, marks}, err
	})
}

// mask hides numbers, and the names that the system knows.
func mask(ctx context.Context, u *app.Unit, place ident.PlaceID, words string) (string, []need.Mark, error) {
	names, err := u.Needs.KnownNames(ctx, nameParts(words), place)
	if err != nil {
		return "", nil, err
	}
	public, marks := need.Mask(words, append(names, u.Actor.Name))
	return public, marks, nil
}

// Names are looked for as runs of two to four Han characters, the lengths of Chinese names.
const (
	shortestName = 2
	longestName  = 4
)

// nameParts lists every stretch of a text that could be a name, each once.
func nameParts(text string) []string {
	runes := []rune(text)
	runes = runes[:min(len(runes), need.MaxWords)]
	known := map[string]bool{}
	var out []string
	for i := range runes {
		for n := shortestName; n <= longestName && i+n <= len(runes) && unicode.Is(unicode.Han, runes[i+n-1]); n++ {
			if !unicode.Is(unicode.Han, runes[i]) {
				break
			}
			if part := string(runes[i : i+n]); !known[part] {
				known[part] = true
				out = append(out, part)
			}
		}
	}
	return out
}
