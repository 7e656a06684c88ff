package mail

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"

	"linli/backend/domain/fault"
	"linli/backend/domain/notice"
)

// server is a mail server that takes one message and hands it over.
func server(t *testing.T) (port int, got chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	got = make(chan string, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		got <- converse(c)
	}()
	return l.Addr().(*net.TCPAddr).Port, got
}

func converse(c net.Conn) string {
	say := func(s string) { _, _ = fmt.Fprint(c, s+"\r\n") }
	say("220 test")
	in := bufio.NewScanner(c)
	var body strings.Builder
	data := false
	for in.Scan() {
		line := in.Text()
		switch {
		case data && line == ".":
			data = false
			say("250 taken")
		case data:
			body.WriteString(line + "\n")
		case strings.HasPrefix(line, "EHLO"), strings.HasPrefix(line, "HELO"):
			say("250 test")
		case line == "DATA":
			data = true
			say("354 go on")
		case line == "QUIT":
			say("221 bye")
			return body.String()
		default:
			say("250 ok")
		}
	}
	return body.String()
}

var message = notice.Message{Kind: "notice", Channel: "mail", To: "li.na@example.cn", Subject: "需求已采纳", Text: "正文"}

func TestSMTP_HandsOverOneMessage(t *testing.T) {
	t.Parallel()
	port, got := server(t)
	c, err := NewSMTP(Settings{Host: "127.0.0.1", Port: port, From: "邻里 <no-reply@example.cn>"})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	if text := <-got; !strings.Contains(text, "To: <li.na@example.cn>") || !strings.Contains(text, "=?UTF-8?") {
		t.Error(text)
	}
}

func TestSMTP_Refusals(t *testing.T) {
	t.Parallel()
	if _, err := NewSMTP(Settings{From: "nobody"}); !fault.Is(err, "courier.settings") {
		t.Error(err)
	}
	port, _ := server(t)
	c, _ := NewSMTP(Settings{Host: "127.0.0.1", Port: port, From: "a@example.cn", Encrypt: true})
	if err := c.Send(t.Context(), message); !fault.Is(err, "courier.failed") {
		t.Errorf("a server without TLS: %v", err)
	}
	if err := c.Send(t.Context(), notice.Message{Channel: "sms"}); !fault.Is(err, "courier.no_channel") {
		t.Error(err)
	}
	if err := c.Send(t.Context(), notice.Message{Channel: "mail", To: "x@y\r\nBcc: z@y"}); !fault.Is(err, "courier.address") {
		t.Error(err)
	}
}

func TestLog_ShowsCodesInADemonstrationOnly(t *testing.T) {
	t.Parallel()
	for reveal, want := range map[bool]bool{true: true, false: false} {
		var out bytes.Buffer
		l := Log{Log: slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})), Reveal: reveal}
		_ = l.Send(t.Context(), notice.Message{Kind: "code", Channel: "sms", To: "13800005678", Text: "K7QM-3XPD"})
		_ = l.Send(t.Context(), notice.Message{Kind: "notice", Channel: "mail", To: "li.na@example.cn", Text: "a notice"})
		text := out.String()
		if strings.Contains(text, "K7QM-3XPD") != want || strings.Contains(text, "a notice") || strings.Contains(text, "13800005678") || strings.Contains(text, "li.na@") {
			t.Errorf("reveal %v: %s", reveal, text)
		}
	}
}

type stuck struct {
	mu   sync.Mutex
	sent int
}

func (s *stuck) Send(context.Context, notice.Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent++
	return fault.New(fault.KindUnavailable, "courier.failed", "down")
}

func TestQueue_IsBoundedAndFinishesWhatItTook(t *testing.T) {
	t.Parallel()
	s := &stuck{}
	s.mu.Lock()
	q := NewQueue(s, slog.New(slog.DiscardHandler))
	taken := 0
	var refusal error
	for range queueLength + 10 {
		if err := q.Deliver(t.Context(), message); err != nil {
			refusal = err
			continue
		}
		taken++
	}
	if !fault.Is(refusal, "courier.full") {
		t.Error(refusal)
	}
	s.mu.Unlock()
	q.Close()
	if s.sent != taken {
		t.Errorf("took %d, tried %d", taken, s.sent)
	}
}
