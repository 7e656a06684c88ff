// Package config is every setting of an installation: flags and LINLI_* environment
// variables in one struct, validated at start and documented from the same tags.
package config

import (
	"errors"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"linli/backend/domain/fault"
)

// Store says where data lives.
type Store struct {
	DataDir  string `help:"Folder of the embedded database and of uploaded files." env:"LINLI_DATA_DIR" default:"data" placeholder:"DIR"`
	Database Secret `help:"postgres://… for PostgreSQL; empty for the embedded SQLite database in the data folder." env:"LINLI_DATABASE" placeholder:"URL"`
}

// DatabaseURL is the address the store opens.
func (s Store) DatabaseURL() string {
	if s.Database != "" {
		return string(s.Database)
	}
	return filepath.Join(s.DataDir, "linli.db")
}

// Site says what this installation is.
type Site struct {
	Jurisdiction  string `help:"Whose rules hold: an entry of the rulebook." env:"LINLI_JURISDICTION" default:"CN"`
	Demonstration bool   `help:"Mark every page as a demonstration, list its accounts at sign-in, and allow the clock to be moved." env:"LINLI_DEMONSTRATION"`
	PublicURL     string `help:"How links in mail begin." env:"LINLI_PUBLIC_URL" default:"http://127.0.0.1:8080" placeholder:"URL"`
	LogLevel      string `help:"debug, info, warn or error." env:"LINLI_LOG_LEVEL" default:"info" enum:"debug,info,warn,error"`
}

// Server says how HTTP is served.
type Server struct {
	Addr        string   `help:"Address to listen on." env:"LINLI_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	TrustProxy  bool     `help:"Believe X-Forwarded-For and X-Forwarded-Proto; only behind a proxy that sets them." env:"LINLI_TRUST_PROXY"`
	TileURL     string   `help:"Template of map tiles, such as https://tiles.example/{z}/{x}/{y}.png; empty: the map shows needs without a background." env:"LINLI_TILE_URL" placeholder:"URL"`
	TileOrigins []string `help:"Extra origins that map tiles may come from." env:"LINLI_TILE_ORIGINS" placeholder:"URL"`
	TokenSecret Secret   `help:"Key that signs access tokens, at least 32 characters, the same for every process. Empty: made once and kept in the data folder." env:"LINLI_TOKEN_SECRET"`
}

// Mail says how mail is sent.
type Mail struct {
	Host       string `name:"smtp-host" help:"Mail server; empty: messages go to the log, with their text in a demonstration only." env:"LINLI_SMTP_HOST" placeholder:"HOST"`
	Port       int    `name:"smtp-port" help:"Its port." env:"LINLI_SMTP_PORT" default:"587"`
	User       string `name:"smtp-user" help:"User name, if the server asks for one." env:"LINLI_SMTP_USER"`
	Password   Secret `name:"smtp-password" help:"Its password." env:"LINLI_SMTP_PASSWORD"`
	From       string `name:"mail-from" help:"Sender of mail." env:"LINLI_MAIL_FROM" default:"Linli <no-reply@linli.example>"`
	RequireTLS bool   `name:"smtp-require-tls" help:"Refuse a mail server without TLS." env:"LINLI_SMTP_REQUIRE_TLS"`
}

// Secret is text that never shows itself in logs, help or errors.
type Secret string

func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(secret)"
}

// MarshalText keeps secrets out of any encoder.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// minSecret is the least length of a signing key: 256 bits of hexadecimal text is 64, of
// base64 43; 32 characters is the floor below which guessing becomes thinkable.
const minSecret = 32

// Check finds what tags cannot; it is not called Validate, which the parser would call by itself,
// stopping at the first. Fault config.invalid, one for each setting that is wrong.
func (s Server) Check() error {
	var wrong []error
	if s.TokenSecret != "" && len(s.TokenSecret) < minSecret {
		wrong = append(wrong, invalid("LINLI_TOKEN_SECRET", "must have at least 32 characters"))
	}
	if s.TileURL != "" && (s.tileOrigin() == "" || !strings.Contains(s.TileURL, "{z}")) {
		wrong = append(wrong, invalid("LINLI_TILE_URL", "must be a template such as https://tiles.example/{z}/{x}/{y}.png"))
	}
	for _, o := range s.TileOrigins {
		if u, err := url.Parse(o); err != nil || u.Host == "" || strings.ContainsAny(o, " ;,'\"") {
			wrong = append(wrong, invalid("LINLI_TILE_ORIGINS", "must be origins such as https://tiles.example"))
			break
		}
	}
	if host, port, err := net.SplitHostPort(s.Addr); err != nil || port == "" || strings.ContainsAny(host, " /") {
		wrong = append(wrong, invalid("LINLI_ADDR", "must be HOST:PORT"))
	}
	return errors.Join(wrong...)
}

// Check finds what tags cannot.
func (m Mail) Check() error {
	var wrong []error
	if m.Port < 1 || m.Port > 65535 {
		wrong = append(wrong, invalid("LINLI_SMTP_PORT", "must be a port"))
	}
	if _, err := mail.ParseAddress(m.From); err != nil {
		wrong = append(wrong, invalid("LINLI_MAIL_FROM", "must be a mail address"))
	}
	return errors.Join(wrong...)
}

// Origins are the places pictures of the map may come from: those named, and that of the
// template.
func (s Server) Origins() []string {
	if o := s.tileOrigin(); o != "" && !slices.Contains(s.TileOrigins, o) {
		return append(slices.Clone(s.TileOrigins), o)
	}
	return s.TileOrigins
}

func (s Server) tileOrigin() string {
	u, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(s.TileURL))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.ContainsAny(u.Host, " ;,'\"") {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// Check finds what tags cannot.
func (s Site) Check() error {
	if u, err := url.Parse(s.PublicURL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return invalid("LINLI_PUBLIC_URL", "must be an http(s) address")
	}
	return nil
}

func invalid(name, why string) error {
	return fault.Invalid("config.invalid", name+" "+why).With("name", name)
}
