package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"candour/internal/content"
)

// errStopped is Ctrl-C at a question. Nothing has been written by then.
var errStopped = &failure{exitMachine, errors.New("stopped; nothing was written")}

// terminalInput reports whether somebody can answer questions: standard input is a terminal, and not the null device, which
// is a character device too.
func terminalInput() bool {
	info, err := os.Stdin.Stat()
	if err != nil || info.Mode()&fs.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// ask fills the gaps that nobody gave a value for, one by one, and insists on those that an alert makes no sense without.
// The end of the input leaves the rest empty. Ctrl-C is heard at once, although the terminal is still being read from.
func (a *app) ask(ctx context.Context, template *content.Page, fill map[string]string) error {
	var open []content.Gap
	for _, g := range template.Gaps() {
		if _, given := fill[g.Key]; !given {
			open = append(open, g)
		}
	}
	if len(open) == 0 {
		return nil
	}
	say := func(format string, args ...any) { fmt.Fprintf(a.env.Stderr, format, args...) }
	say("%s\nEnter alone leaves out what is optional. Ctrl-C stops, and nothing is written.\n", template.Text("title"))
	lines := a.lines(ctx)
	for i, g := range open {
		need := "optional"
		if g.Required {
			need = "needed"
		}
		say("\n%d of %d: %s (%s)\n", i+1, len(open), g.Label, need)
		if g.Hint != "" {
			say("  %s\n", g.Hint)
		}
		for {
			say("> ")
			var answer string
			select {
			case <-ctx.Done():
				say("\n")
				return errStopped
			case line, more := <-lines:
				if ctx.Err() != nil {
					return errStopped
				}
				if !more {
					say("\n")
					return nil
				}
				answer = strings.TrimSpace(line)
			}
			if wrong := wrongAnswer(template, g, answer); wrong != "" {
				say("  %s\n", wrong)
				continue
			}
			if answer != "" {
				fill[g.Key] = answer
			}
			break
		}
	}
	return nil
}

func wrongAnswer(template *content.Page, g content.Gap, answer string) string {
	switch {
	case answer == "" && g.Required:
		return "This one is needed."
	case answer != "" && g.Key == content.RumourVerdict && template.CorrectsRumour() && !slices.Contains(content.Verdicts, answer):
		return "Write one of: " + strings.Join(content.Verdicts, ", ") + "."
	}
	return ""
}

// lines reads standard input line by line, beside whoever waits for them.
func (a *app) lines(ctx context.Context) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		in := bufio.NewScanner(a.env.Stdin)
		for in.Scan() {
			select {
			case lines <- in.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}
