package markdown

import (
	"strings"
	"sync"
	"testing"
)

// What must simply work.
func TestLargeAndStrange(t *testing.T) {
	rows := 100_000
	d := Parse([]byte("| a | b |\n|---|---|\n" + strings.Repeat("| 1 | [x](/y/) {{< field \"z\" >}} |\n", rows)))
	if len(d.Links) != rows || len(d.Shortcodes) != rows || len(d.Problems) > 0 {
		t.Errorf("a long table: %d links, %d tags, %d problems", len(d.Links), len(d.Shortcodes), len(d.Problems))
	}
	d = Parse([]byte(strings.Repeat("a {{< passage \"x\" >}}b{{< /passage >}} *c*\n", 20_000)))
	if len(d.Passages) != 20_000 || len(d.Problems) > 0 {
		t.Errorf("a paragraph of passages: %d, %d problems", len(d.Passages), len(d.Problems))
	}
	d = Parse([]byte(strings.Repeat("## Same\n\n", 20_000)))
	if last := d.Headings[len(d.Headings)-1]; last.ID != "same-19999" {
		t.Errorf("the last heading is %q", last.ID)
	}
	d = Parse([]byte(strings.Repeat("> ", 10_000) + "# deep\n"))
	if len(d.Headings) != 1 || len(d.Problems) > 0 {
		t.Errorf("deep quotes: %d headings, %+v", len(d.Headings), d.Problems)
	}
	d = Parse([]byte("a\n\n" + strings.Repeat("---\n\n- - -\n\n", 100_000)))
	if len(d.Problems) > 0 {
		t.Errorf("rules: %+v", d.Problems)
	}
	for _, body := range []string{"", "\n", "\x00", "\xff", "\xff\xff[\xff](\xff)\xff", "{{<", "[", "![", "`", "<", "|\n|-", "[^", "[^1]:", "#", "\r", "\r\n\r\n", "\t- \t- a"} {
		for _, p := range Parse([]byte(body)).Problems {
			if p.Kind != BadShortcode {
				t.Errorf("%q: %+v", body, p)
			}
		}
	}
	if d := Parse(nil); len(d.Problems) > 0 || d.Plain(Span{}) != "" {
		t.Errorf("nothing: %+v", d)
	}
}

func TestTooDeep(t *testing.T) {
	d := Parse([]byte("a\n\n" + strings.Repeat(">", 40_000) + "\n"))
	if len(d.Problems) != 1 || d.Problems[0].Kind != TooDeep || d.Problems[0].Span.Start != 3 {
		t.Errorf("%+v", d.Problems)
	}
}

func TestReservedText(t *testing.T) {
	for _, body := range []string{"a HAHAHUGOSHORTCODE1s0HBHB", "{{__hugo_ctx pid=1}}", "HUGOMORE42"} {
		if d := Parse([]byte(body)); len(d.Problems) != 1 || d.Problems[0].Kind != ReservedText {
			t.Errorf("%q: %+v", body, d.Problems)
		}
	}
	if d := Parse([]byte("Hugo more, 42")); len(d.Problems) > 0 {
		t.Errorf("%+v", d.Problems)
	}
}

func TestParseAtOnce(t *testing.T) {
	body := page(1)
	want := len(Parse(body).Links)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			d := Parse(body)
			d.LineCol(len(body) / 2)
			if len(d.Links) != want {
				t.Errorf("%d links, want %d", len(d.Links), want)
			}
		})
	}
	wg.Wait()
}
