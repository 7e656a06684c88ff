package rulebook

import (
	"bytes"
	"embed"
	"io/fs"

	"go.yaml.in/yaml/v3"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
)

//go:embed data/*.yaml
var data embed.FS

// Official is the book that comes with this version. A broken file stops the start.
func Official() (*Book, error) {
	names, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		return nil, fault.Internal("listing the embedded rules", err)
	}
	var all []Entry
	for _, name := range names {
		text, err := data.ReadFile(name)
		if err != nil {
			return nil, fault.Internal("reading "+name, err)
		}
		some, err := Parse(text)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return New(all)
}

// entryFile is how a rule is written. `value` stands for params with the single name value.
type entryFile struct {
	ID           string               `yaml:"id"`
	Jurisdiction string               `yaml:"jurisdiction"`
	From         string               `yaml:"effective_from"`
	Until        string               `yaml:"effective_until"`
	Applies      map[string]string    `yaml:"applies"`
	Value        yaml.Node            `yaml:"value"`
	Params       map[string]yaml.Node `yaml:"params"`
	Unit         string               `yaml:"unit"`
	Title        string               `yaml:"zh"`
	TitleEN      string               `yaml:"en"`
	Source       string               `yaml:"source"`
	Local        bool                 `yaml:"local"`
}

// Parse reads rules in their YAML form; unknown fields are refused. Faults:
// rule.entry_invalid, calendar.date_malformed.
func Parse(text []byte) ([]Entry, error) {
	var files []entryFile
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&files); err != nil {
		return nil, fault.Wrap(fault.KindInvalid, "rule.entry_invalid", "the rule file does not read", err)
	}
	out := make([]Entry, 0, len(files))
	for _, f := range files {
		e, err := f.entry()
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

func (f entryFile) entry() (Entry, error) {
	from, err := calendar.ParseDate(f.From)
	if err != nil {
		return Entry{}, err
	}
	until, err := calendar.ParseDate(f.Until)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{
		ID: f.ID, Jurisdiction: f.Jurisdiction, From: from, Until: until, Applies: f.Applies,
		Unit: f.Unit, Title: f.Title, TitleEN: f.TitleEN, Source: f.Source, Local: f.Local,
		Params: map[string]Value{},
	}
	if f.Value.Kind != 0 {
		f.Params = map[string]yaml.Node{single: f.Value}
	}
	for name, node := range f.Params {
		if node.Kind != yaml.ScalarNode {
			return Entry{}, fault.Invalid("rule.entry_invalid", f.ID+"."+name+" is not a plain value").With("rule", f.ID)
		}
		e.Params[name] = Value(node.Value)
	}
	return e, nil
}
