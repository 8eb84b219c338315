package leak

import (
	"strings"
	"testing"

	"candour/internal/ledger"
)

func TestMask(t *testing.T) {
	common := map[string]bool{"public": true, "health": true, "page": true, "duty": true, "officer": true, "the": true, "mail": true, "day": true}
	for _, c := range []struct {
		message, secret string
		kind            ledger.Kind
		want            string // "" for the message as it is
	}{
		{`there is no shortcode "bronwen_prydderch" here`, "Bronwen Prydderch", ledger.Name, `there is no shortcode "…withheld…" here`},
		{`there is no shortcode "prydderch" here`, "Bronwen Prydderch", ledger.Name, `there is no shortcode "…withheld…" here`},
		{`write {{< bronwen-prydderch >}} otherwise`, "Bronwen Prydderch", ledger.Name, `write {{< …withheld… >}} otherwise`},
		{`this page has: a, bronwen-prydderch, b`, "Bronwen Prydderch", ledger.Name, `this page has: a, …withheld…, b`},
		{`the link to /pages/about/#quarry leads nowhere`, "Quarry", ledger.Value, `the link to /pages/about/#…withheld… leads nowhere`},
		{`no contact "duty-officer" here`, "Duty officer", ledger.Value, `no contact "…withheld…" here`},
		{`no contact "ring-duty-officer-now" here`, "Duty officer", ledger.Value, `no contact "ring-…withheld…-now" here`},
		{`ask the duty officer`, "Duty officer", ledger.Value, ""}, // our own words
		{`no contact "page" on this page`, "Page", ledger.Value, `no contact "…withheld…" on this page`},
		{`no contact "kx" in kx`, "KX", ledger.Value, `no contact "…withheld…" in kx`},
		{`ring +44 7700 900123 or 900123`, "07700 900123", ledger.Phone, `ring +…withheld… or 900123`},
		{`write to "A.B@x.example"`, "a.b@x.example", ledger.Value, `write to "…withheld…"`},
		{`wingspread and spread`, "Spread", ledger.Value, `wingspread and …withheld…`},
		{`says "one ein two dwy three tri four ped five" here`, "zero nul one ein two dwy three tri four ped", ledger.Prose, `says "…withheld…" here`},
		{`says one ein two dwy`, "one ein two dwy three tri four ped five pum", ledger.Prose, ""},
		{`line 2026 of "2026-09-14"`, "2026", ledger.Value, ""},
		{`a "Llŷr" and a llyr`, "LLYR", ledger.Value, `a "…withheld…" and a …withheld…`},
		{`an end "without`, "without", ledger.Value, `an end "…withheld…`},
		{`x`, "", ledger.Value, ""},
	} {
		m := newMask([]string{c.message}, common)
		m.hide(c.secret, c.kind)
		want := c.want
		if want == "" {
			want = c.message
		}
		if got := m.without(func(string) [][2]int { return nil })[0]; got != want {
			t.Errorf("%s: %s, want %s", c.secret, got, want)
		}
	}
	m := newMask([]string{`section quarry of content/quarry.md: "quarry"`}, common)
	m.hideHandle("quarry")
	m.hide("Quarry", ledger.Value)
	open := func(text string) [][2]int {
		return [][2]int{{0, max(0, strings.Index(text, ":"))}}
	}
	if got := m.without(open)[0]; got != `section quarry of content/quarry.md: "…withheld…"` {
		t.Error(got)
	}
	m = newMask([]string{`the section quarry and "quarry"`}, common)
	m.hideHandle("quarry")
	if got := m.without(open)[0]; got != `the section quarry and "…withheld…"` {
		t.Error(got)
	}
}
