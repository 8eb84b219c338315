package frontmatter

import (
	"bytes"
	"strings"
	"testing"

	"candour/internal/diag"
)

func TestSplit(t *testing.T) {
	for _, tc := range []struct {
		name, src         string
		front, body       string
		frontLine, bodyAt int
	}{
		{"plain", "+++\na = 1\n+++\nBody\n", "a = 1\n", "Body\n", 2, 4},
		{"crlf", "+++\r\na = 1\r\n+++\r\nBody\r\n", "a = 1\r\n", "Body\r\n", 2, 4},
		{"bom", "\ufeff+++\na = 1\n+++\nBody", "a = 1\n", "Body", 2, 4},
		{"bom and crlf", "\ufeff+++\r\n+++\r\n", "", "", 2, 3},
		{"blank lines above", "\n \n+++\na = 1\n+++\nBody", "a = 1\n", "Body", 4, 6},
		{"spaces behind the fences", "+++ \t\na = 1\n+++  \nBody", "a = 1\n", "Body", 2, 4},
		{"no body", "+++\na = 1\n+++", "a = 1\n", "", 2, 4},
		{"empty front", "+++\n+++\nBody", "", "Body", 2, 3},
		{"fence in the body", "+++\na = 1\n+++\nBody\n+++\nmore\n", "a = 1\n", "Body\n+++\nmore\n", 2, 4},
		{"longer fence is none", "+++\n++++\n+++\nBody", "++++\n", "Body", 2, 4},
		{"Welsh and emoji", "+++\nteitl = \"Tŷ 🏠\"\n+++\nCorff\n", "teitl = \"Tŷ 🏠\"\n", "Corff\n", 2, 4},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p, fault := Split([]byte(tc.src))
			if fault != nil {
				t.Fatalf("fault: %+v", *fault)
			}
			if string(p.Front) != tc.front || string(p.Body) != tc.body || p.FrontLine != tc.frontLine || p.BodyLine != tc.bodyAt {
				t.Errorf("got %q at %d, %q at %d; want %q at %d, %q at %d",
					p.Front, p.FrontLine, p.Body, p.BodyLine, tc.front, tc.frontLine, tc.body, tc.bodyAt)
			}
			if tc.src[p.BodyStart:] != tc.body || tc.src[p.FrontStart:p.FrontStart+len(p.Front)] != tc.front {
				t.Errorf("offsets %d and %d do not hold what they name", p.FrontStart, p.BodyStart)
			}
		})
	}
}

func TestSplitFaults(t *testing.T) {
	for _, tc := range []struct {
		name, src, rule string
		line            int
		message, hint   string // parts
	}{
		{"empty", "", "no-front-matter", 1, "empty", "+++"},
		{"blank", "\n\n  \n", "no-front-matter", 1, "empty", "+++"},
		{"bom alone", "\ufeff", "no-front-matter", 1, "empty", "+++"},
		{"body only", "# Title\n", "no-front-matter", 1, "does not begin", "+++"},
		{"after a blank line", "\nWords\n+++\n+++\n", "no-front-matter", 2, "does not begin", "+++"},
		{"YAML", "---\ntitle: x\n---\n", "no-front-matter", 1, "YAML", `key = "text"`},
		{"JSON", "{\n\"title\": \"x\"\n}\n", "no-front-matter", 1, "JSON", "+++"},
		{"unclosed", "+++\na = 1\nBody\n", "no-front-matter", 1, "never closed", "+++"},
		{"unclosed after blank", "\n+++\na = 1", "no-front-matter", 2, "never closed", "+++"},
		{"one fence", "+++", "no-front-matter", 1, "never closed", "+++"},
		{"words behind the fence", "+++ toml\na = 1\n+++\n", "no-front-matter", 1, "more than +++", "alone"},
		{"indented fence", "  +++\na = 1\n+++\n", "no-front-matter", 1, "spaces before", "beginning"},
		{"old Macintosh", "+++\ra = 1\r+++\rBody", "no-front-matter", 1, "", "+++"},
		{"UTF-16", "\xff\xfe+\x00+\x00", "bad-encoding", 1, "UTF-16", "UTF-8"},
		{"too large", "+++\n# " + strings.Repeat("x", MaxFront) + "\n+++\n", "too-large", 1, "1 MiB", "body"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, f := Split([]byte(tc.src))
			if f == nil {
				t.Fatal("no fault")
			}
			if f.Rule.Name != tc.rule || f.Line != tc.line || !strings.Contains(f.Message, tc.message) || !strings.Contains(f.Hint, tc.hint) {
				t.Errorf("got %+v", *f)
			}
		})
	}
}

func TestSplitLargeBody(t *testing.T) {
	body := bytes.Repeat([]byte("words of a very long page\n"), 2<<20)
	p, fault := Split(append([]byte("+++\n+++\n"), body...))
	if fault != nil || len(p.Body) != len(body) {
		t.Errorf("a page of %d bytes was not split: %+v", len(body), fault)
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"+++\na = 1\n+++\nBody", "\ufeff+++\r\n+++\r\n", "\n\n+++\n+++", "---\n", "+++", ""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		p, fault := Split(src)
		if fault != nil {
			if fault.Line < 1 || fault.Message == "" || fault.Hint == "" || fault.Rule.Severity != diag.Error {
				t.Fatalf("incomplete fault %+v", *fault)
			}
			return
		}
		// The pieces and the lines between them are the whole file.
		if !bytes.Equal(src[p.FrontStart:p.FrontStart+len(p.Front)], p.Front) || !bytes.Equal(src[p.BodyStart:], p.Body) {
			t.Fatal("offsets do not hold what they name")
		}
		between := src[p.FrontStart+len(p.Front) : p.BodyStart]
		if strings.TrimSpace(string(between)) != "+++" {
			t.Fatalf("between front matter and body stands %q", between)
		}
		if got := bytes.Count(src[:p.FrontStart], []byte("\n")) + 1; got != p.FrontLine {
			t.Fatalf("front line %d, want %d", p.FrontLine, got)
		}
		if got := bytes.Count(src[:p.BodyStart], []byte("\n")) + 1; len(p.Body) > 0 && got != p.BodyLine {
			t.Fatalf("body line %d, want %d", p.BodyLine, got)
		}
	})
}
