package boot

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"linli/backend/app/accounts"
	"linli/backend/config"
	"linli/backend/mail"
	"linli/backend/password"
	"linli/backend/sqlstore"
	"linli/backend/token"
)

// tokenKeyFile keeps the signing key of an installation that did not set one.
const tokenKeyFile = "token.key"

// accountDeps builds what signing in needs.
func accountDeps(db *sqlstore.DB, c Config, courier *mail.Queue, log *slog.Logger) (accounts.Deps, error) {
	if db.Postgres() && c.Server.TokenSecret == "" {
		log.Warn("LINLI_TOKEN_SECRET is not set: a second process with another data folder would refuse the sessions of this one")
	}
	key, err := tokenKey(c)
	if err != nil {
		return accounts.Deps{}, err
	}
	signer, err := token.New(key, token.MaxLife, db.Clock().System)
	if err != nil {
		return accounts.Deps{}, err
	}
	return accounts.Deps{Passwords: password.New(), Tokens: signer, Courier: courier, System: db.Clock().System}, nil
}

// tokenKey is the configured key, or one made once and kept in the data folder, readable
// by the owner of the process only.
func tokenKey(c Config) ([]byte, error) {
	if c.Server.TokenSecret != "" {
		return []byte(c.Server.TokenSecret), nil
	}
	path := filepath.Join(c.Store.DataDir, tokenKeyFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeTokenKey(path)
	}
	return []byte(strings.TrimSpace(string(text))), err
}

// makeTokenKey lets only one of two processes that start together write the file.
func makeTokenKey(path string) ([]byte, error) {
	b := make([]byte, token.MinKey)
	_, _ = rand.Read(b)
	text := base64.RawURLEncoding.EncodeToString(b)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), tokenKeyFile+".*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	if _, err := tmp.WriteString(text + "\n"); err != nil {
		return nil, errors.Join(err, tmp.Close())
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(tmp.Name(), path); errors.Is(err, fs.ErrExist) {
		other, err := os.ReadFile(path)
		return []byte(strings.TrimSpace(string(other))), err
	} else if err != nil {
		return nil, err
	}
	return []byte(text), nil
}

// newCourier is the mail server of the configuration, or the log.
func newCourier(c config.Mail, demonstration bool, log *slog.Logger) (*mail.Queue, error) {
	if c.Host == "" {
		return mail.NewQueue(mail.Log{Log: log, Reveal: demonstration}, log), nil
	}
	smtp, err := mail.NewSMTP(mail.Settings{
		Host: c.Host, Port: c.Port, User: c.User, Password: string(c.Password), From: c.From, Encrypt: c.RequireTLS,
	})
	if err != nil {
		return nil, err
	}
	return mail.NewQueue(smtp, log), nil
}
