package vetting_test

import (
	"strings"
	"testing"

	"candour/internal/sitetest"
)

const withContacts = sitetest.Config + "[contacts]\nlocal-service = \"01632 960111\"\nnights = \"\"\n"

// A contact in a sentence must be there; in a leaflet's list a blank line stands for one that is not.
func TestContacts(t *testing.T) {
	leaflet := func(slots, body string) string {
		return "-- content/leaflets/festival/x.md --\n+++\ntitle = \"T\"\nsummary = \"S.\"\ndate = 2026-11-01\nsetting = \"festival\"\naudience = [\"public\"]\ncontact_slots = [" + slots + "]\n+++\nCall 999. " + body + "\n"
	}
	for _, tc := range []struct {
		name, slots, body string
		want              string // each finding as line:column rule severity, and a part of its message
		says              string
	}{
		{"all there", `"local-service", "phone", "Duty manager"`, `Ring {{< contact "local-service" >}}.`, "7:35 contact-not-filled warning", "blank line"}, // [contact] has no phone here
		{"a slip in a sentence", "", `Ring {{< contact "local-servce" >}}.`, "9:16 unknown-contact error", `did you mean "local-service"?`},
		{"a hole in a sentence", "", `Ring {{< contact "nights" >}}.`, "9:16 contact-not-filled error", "not filled in"},
		{"no name", "", `Ring {{< contact >}}.`, "9:16 bad-shortcode error", "names one contact"},
		{"a slip in a list", `"Welfare tent", "local-srevice"`, "", "7:34 unknown-contact warning", `did you mean "local-service"?`},
		{"an empty one in a list", `"nights"`, "", "7:18 contact-not-filled warning", "blank line"},
		{"labels for the venue", `"Duty manager", "Welfare team, radio channel", "Gate 3"`, "", "", ""},
		{"an address", `"email"`, `Write to {{< contact "email" >}}.`, "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, found := vet(t, sitetest.Files("-- candour.toml --\n"+withContacts+leaflet(tc.slots, tc.body)), "public")
			var got []string
			for _, f := range found {
				got = append(got, strings.TrimPrefix(f.Pos().String(), f.File+":")+" "+f.Rule+" "+f.Severity.String())
				if !strings.Contains(f.Message, tc.says) {
					t.Errorf("%s does not say %q", f.Message, tc.says)
				}
			}
			if strings.Join(got, "\n") != tc.want {
				t.Errorf("found %q, want %q", got, tc.want)
			}
		})
	}
}
