package build_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/png"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/schema"
	"candour/internal/sitetest"
)

// instead are values for keys whose example in the schema stands for something that a page of its own must have.
var instead = map[string]string{
	"alerts.template":           `"strong"`,
	"alerts.replaces":           `"before"`,
	"alerts.correction_of":      `"before"`,
	"alerts.evidence":           `"confirmed"`,
	"alerts.photo":              `"tablet.png"`,
	"alerts.issued":             "2026-11-19T17:30:00",
	"alerts.tags":               `["overdose"]`,
	"plans.threat_agnostic":     `["first", "second"]`,
	"plans.checklist.*.section": `"first"`,
	"common.date":               "2026-09-14",
	"narrative.replaces":        `"2026.1"`,
	"leaflets.formats":          `["text"]`,
	"leaflets.contact_slots":    `["Duty manager", "Welfare team"]`,
}

// steering are keys that are handed to no template.
var steering = []string{"withhold", "release", "signoff", "level", "reading_age_target", "translation_reviewed", "attachments"}

// fullFront is front matter of a kind of page with every field of its schema, and the addresses by which flags can name
// each.
func fullFront(kind *schema.Kind) (front string, addresses []string) {
	var scalars, tables strings.Builder
	value := func(f *schema.Field) string {
		for _, key := range []string{kind.Name + "." + f.Path, "common." + f.Path} {
			if v := instead[key]; v != "" {
				return v
			}
		}
		return f.Example
	}
	for _, key := range kind.Children() {
		if slices.Contains(steering, key) {
			continue
		}
		f := kind.Field(key)
		addresses = append(addresses, key)
		switch f.Type {
		case schema.Table:
			tables.WriteString(strings.TrimSpace(f.Example) + "\n")
			addresses = append(addresses, key+".*")
		case schema.Tables:
			addresses = append(addresses, key+".*", key+".0")
			tables.WriteString("[[" + key + "]]\n")
			for _, sub := range kind.Children(key, "0") {
				tables.WriteString(sub + " = " + value(kind.Field(key, "0", sub)) + "\n")
				addresses = append(addresses, key+".*."+sub, key+".0."+sub)
			}
		default:
			v := value(f)
			scalars.WriteString(key + " = " + v + "\n")
			if strings.HasPrefix(v, "[") {
				addresses = append(addresses, key+".*", key+".0")
			}
		}
	}
	return scalars.String() + tables.String(), addresses
}

// shipped is the schema that the program brings.
func shipped(t *testing.T) *schema.Schema {
	t.Helper()
	repo, _, err := load.Load(context.Background(), sitetest.Options(sitetest.Files(""), "public").Load)
	if err != nil {
		t.Fatal(err)
	}
	return repo.Schema()
}

// flagged is a page with one flag.
type flagged struct{ kind, address, show string }

func (f flagged) String() string { return f.kind + ", " + f.address + ", show " + f.show }

// flaggedSite is a site of pages that have every field of their kind, each with another flag.
func flaggedSite(t *testing.T, pages []flagged) fstest.MapFS {
	t.Helper()
	s := shipped(t)
	var tablet bytes.Buffer
	if err := png.Encode(&tablet, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	files := sitetest.Files(alert("", "Text.") + "-- content/_index.md --\n+++\ntitle = \"Home\"\nsummary = \"Home.\"\ndate = 2026-09-14\n+++\n")
	delete(files, "content/alerts/first.md")
	body := "\n## First {#first}\n\nText.\n\n## Second {#second}\n\nMore text about nitazenes and fentanyls. Call 999.\n"
	for i, p := range pages {
		front, _ := fullFront(s.Kind(p.kind))
		front = strings.Replace(front, "title = ", fmt.Sprintf("title = \"Page %03d\" # ", i), 1)
		flag := "[[withhold]]\nfield = \"" + p.address + "\"\nreason = \"confidential\"\nsearch = false\n"
		if p.show != "" {
			flag += "show = \"" + p.show + "\"\n"
		}
		folder := fmt.Sprintf("content/%s/page-%03d/", p.kind, i)
		text := body
		switch p.kind {
		case "leaflets":
			folder = fmt.Sprintf("content/leaflets/night-time-economy/page-%03d/", i)
		case "alerts": // two live alerts do not take the place of one
			before := fmt.Sprintf("before-%03d", i)
			front = strings.ReplaceAll(front, `"before"`, `"`+before+`"`)
			files["content/alerts/"+before+".md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"Before " + before + "\"\nsummary = \"Old.\"\ndate = 2026-11-01\ntemplate = \"strong\"\nstatus = \"issued\"\narea = \"Testford\"\nevidence = \"suspected\"\nissued = 2026-11-01T17:00:00\nexpires = 2026-11-10T17:00:00\npanel_met = 2026-11-01T16:00:00\n[fill]\narea = \"Testford\"\n+++\nText.\n")}
			files[folder+"tablet.png"] = &fstest.MapFile{Data: tablet.Bytes()}
		case "alert-templates":
			text += "\nIn {{< placeholder \"area\" >}}.\n"
		}
		files[folder+"index.md"] = &fstest.MapFile{Data: []byte("+++\n" + front + flag + "+++\n" + text)}
	}
	return files
}

// odd are signs of a template that printed what is not there.
var odd = regexp.MustCompile(`<(dd|dt|p|th|li|h[1-6]|a|strong|span)( [^<>]*)?></|0001-01-01|%!|&lt;nil&gt;|map\[|<(link|id|updated|published)>\s*</`)

// stops builds the site of the pages and returns what is wrong with it: what stops it, and what looks odd in it.
func stops(t *testing.T, pages []flagged) (found []string, at map[int]string) {
	t.Helper()
	at = map[int]string{}
	out := sitetest.Run(t, sitetest.Options(flaggedSite(t, pages), "public"))
	for _, f := range out.Findings {
		if f.Severity != diag.Error {
			continue
		}
		if m := numbered.FindStringSubmatch(f.File); m != nil && f.Line > 0 {
			n, _ := strconv.Atoi(m[1])
			at[n] += f.String() + "\n"
			continue
		}
		found = append(found, f.String())
	}
	if out.Audited != nil {
		for _, f := range out.Audited.Site().Files {
			if m := odd.Find(f.Data); m != nil && !empty.MatchString(string(m)) {
				found = append(found, f.Path+" has "+string(m))
			}
		}
	}
	return found, at
}

var (
	numbered = regexp.MustCompile(`/page-(\d+)/`)
	// empty are elements that scripts fill.
	empty = regexp.MustCompile(`role=.?status|class=.?typed|id=.?c-found`)
)

// refused are the flags that cannot be carried out. They are refused where they stand, by name.
var refused = map[string]string{
	"title": "nothing", "alerts status": "any", "alerts expires": "nothing",
}

// TestEveryFieldCanBeWithheld walks the schema: a page of each kind with every field, and a flag on each field in every form.
// The site can be made, and says nothing odd; or the flag is refused at its line. A field that is new in the schema is walked
// by itself; its example there is its value here.
func TestEveryFieldCanBeWithheld(t *testing.T) {
	s := shipped(t)
	var may, not []flagged
	for _, kind := range content.Kinds {
		_, addresses := fullFront(s.Kind(string(kind)))
		for _, address := range addresses {
			for _, show := range []string{"", "nothing"} {
				f := flagged{string(kind), address, show}
				if how := cmp.Or(refused[address], refused[f.kind+" "+address]); how == "any" || how == "nothing" && show == how {
					not = append(not, f)
				} else {
					may = append(may, f)
				}
			}
		}
	}
	if len(may) < 400 {
		t.Errorf("only %d flags were tried", len(may))
	}
	found, at := stops(t, may)
	for i, f := range may {
		if at[i] != "" {
			t.Errorf("%v: %s", f, at[i])
		}
	}
	for _, f := range found {
		t.Error(f)
	}
	if slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, "bad-layout") }) { // which page it is, only one by one tells
		for _, f := range may {
			if found, _ := stops(t, []flagged{f}); len(found) > 0 {
				t.Errorf("%v:\n%s", f, strings.Join(found, "\n"))
			}
		}
	}
	if _, at = stops(t, not); len(not) == 0 {
		t.Error("no flag is refused")
	}
	for i, f := range not {
		if !strings.Contains(at[i], "bad-flag") || !strings.Contains(at[i], f.address+" cannot be withheld") {
			t.Errorf("%v is not refused by name: %s", f, at[i])
		}
	}
}
