package cli_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	starter "candour/content"
	"candour/internal/cli"
	"candour/internal/sitetest"
)

// asked runs candour new with somebody at the terminal who types what in gives.
func asked(t *testing.T, ctx context.Context, in io.Reader, args ...string) (code int, stderr, written string) {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("candour.toml", sitetest.Config)
	put("content/alert-templates/rumour.md", `+++
title = "Correction of a rumour"
summary = "S."
date = 2026-09-21
audience = ["public"]
[[placeholder]]
key = "claim"
label = "What is being said"
hint = "One sentence."
required = true
[[placeholder]]
key = "verdict"
label = "What we can say of it"
required = true
[[placeholder]]
key = "source"
label = "Where this comes from"
+++
“{{< placeholder "claim" >}}” {{< placeholder "verdict" >}} {{< placeholder "source" >}}
`)
	var out, errs bytes.Buffer
	code = cli.Run(ctx, append([]string{"new", "alerts", "sweets", "--from", "rumour"}, args...), cli.Env{Stdin: in, Stdout: &out, Stderr: &errs, Asks: true, Dir: dir,
		Getenv: func(string) string { return "" }, Clock: func() time.Time { return sitetest.Now }})
	data, _ := os.ReadFile(filepath.Join(dir, "content/alerts/sweets.md"))
	return code, errs.String(), string(data)
}

func TestAsking(t *testing.T) {
	code, stderr, written := asked(t, t.Context(), strings.NewReader("\nSweets were handed out.\nflase\nfalse\n\n"))
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, stderr)
	}
	for _, want := range []string{"1 of 3: What is being said (needed)\n  One sentence.\n> ", "This one is needed.", "2 of 3: What we can say of it (needed)", "Write one of: false, unproven, confirmed.", "3 of 3: Where this comes from (optional)"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("nobody is told %q:\n%s", want, stderr)
		}
	}
	for _, want := range []string{"claim = \"Sweets were handed out.\"\nverdict = \"false\"\n+++", `status = "draft"`, `evidence = "ruled-out"`, "“Sweets were handed out.” false"} {
		if !strings.Contains(written, want) {
			t.Errorf("the draft has no %q:\n%s", want, written)
		}
	}

	// What is given is not asked for.
	if code, stderr, _ := asked(t, t.Context(), strings.NewReader("unproven\n\n"), "--fill", "claim=Sweets."); code != 0 || strings.Contains(stderr, "being said") || !strings.Contains(stderr, "1 of 2") {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
	// The end of the input in the middle writes nothing, and says what to add.
	if code, stderr, written := asked(t, t.Context(), strings.NewReader("Sweets.\n")); code != 2 || written != "" || !strings.Contains(stderr, `must be filled: verdict; add to the command: --fill verdict="…"`) {
		t.Errorf("exit code %d, written %q\n%s", code, written, stderr)
	}
	// A slip in a flag is told before anything is asked.
	if code, stderr, _ := asked(t, t.Context(), strings.NewReader(""), "--fill", "cliam=Sweets."); code != 2 || strings.Contains(stderr, "1 of") {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
}

// Ctrl-C is heard while the terminal is being read from, and leaves nothing.
func TestAskingIsStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	reading, writing := io.Pipe()
	defer writing.Close()
	go func() {
		_, _ = io.WriteString(writing, "Sweets.\n") // the first answer; then somebody presses Ctrl-C
		stop()
	}()
	code, stderr, written := asked(t, ctx, reading)
	if code == 0 || written != "" || !strings.Contains(stderr, "stopped; nothing was written") {
		t.Errorf("exit code %d, written %q\n%s", code, written, stderr)
	}
}

// The help shows a command that works with the starter's templates.
func TestHelpExampleFillsTheTemplate(t *testing.T) {
	var out bytes.Buffer
	cli.Run(t.Context(), []string{"new", "--help"}, cli.Env{Stdout: &out, Stderr: &out, Getenv: func(string) string { return "" }})
	help := out.String()
	from := regexp.MustCompile(`--from ([a-z-]+) --fill`).FindStringSubmatch(help)
	if from == nil {
		t.Fatalf("the help has no example of --from with --fill:\n%s", help)
	}
	template, err := starter.FS.ReadFile("alert-templates/" + from[1] + ".md")
	if err != nil {
		t.Fatal(err)
	}
	keys := regexp.MustCompile(`(?m)^key = "(.*)"$`).FindAllStringSubmatch(string(template), -1)
	filled := map[string]bool{}
	for _, m := range regexp.MustCompile(`--fill ([a-z_]+)=`).FindAllStringSubmatch(help, -1) {
		filled[m[1]] = true
	}
	for _, k := range keys {
		if !filled[k[1]] {
			t.Errorf("the example does not fill %q", k[1])
		}
		delete(filled, k[1])
	}
	if len(keys) == 0 || len(filled) > 0 {
		t.Errorf("the example fills gaps that the template does not have: %v", filled)
	}
}
