package build_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/audit"
	"candour/internal/past"
	"candour/internal/sitetest"
)

const watched = `-- content/plans/area.md --
+++
title = "Plan of the area"
summary = "What we do."
date = 2026-03-01
partnership = "Testford"
reviewed = 2026-03-01
next_review = 2027-03-01
covers = ["nitazenes"]
[[lead]]
element = "general"
role = "Director"
name = "Zembrick Quillfarrow"
+++
Text.
-- content/pages/a.md --
+++
title = "One"
summary = "S."
date = 2026-01-01
+++
The Wexcombe warehouse. [here](/pages/b/)
-- content/pages/b.md --
+++
title = "Two"
summary = "S."
date = 2026-01-01
+++
Mr Wulfric Ashgrove. Text.
`

// What a preview passes over because it was clean before is found again as soon as anything that makes it clean changes:
// the file, what is withheld, what may be published. Findings about what has not changed stay.
func TestSeenBeforeIsNoLessWatched(t *testing.T) {
	files := sitetest.Files(watched)
	seen, memory := audit.NewCache(), &past.Memory{}
	set := func(name, old, new string) {
		text := string(files[name].Data)
		if !strings.Contains(text, old) {
			t.Fatalf("%s does not hold %q", name, old)
		}
		files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
	}
	for _, step := range []struct {
		name   string
		change func()
		want   string // a rule among the findings
	}{
		{"at first", func() {}, "unflagged-name"},
		{"nothing", func() {}, "unflagged-name"},
		{"a page repeats what is withheld", func() { set("content/pages/a.md", "The W", "Zembrick Quillfarrow: the W") }, "leak"},
		{"it is taken out", func() { set("content/pages/a.md", "Zembrick Quillfarrow: the W", "The W") }, "unflagged-name"},
		{"what another page says is withheld", func() { set("content/plans/area.md", `"Zembrick Quillfarrow"`, `"Wexcombe Warehouse"`) }, "leak"},
		{"and no longer", func() { set("content/plans/area.md", `"Wexcombe Warehouse"`, `"Zembrick Quillfarrow"`) }, "unflagged-name"},
		{"a name is listed", func() {
			set("candour.toml", `phones = ["999"]`, "phones = [\"999\"]\nnames = [\"Mr Wulfric Ashgrove\"]")
		}, ""},
		{"and not any more", func() { set("candour.toml", `names = ["Mr Wulfric Ashgrove"]`, "") }, "unflagged-name"},
		{"a link is broken from afar", func() { set("content/pages/a.md", "[here](/pages/b/)", "[here](/pages/b/#text)") }, "broken-link"},
		{"a telephone number", func() { set("content/pages/b.md", "Text", "Call 01632 960123. Text") }, "unflagged-phone"},
	} {
		step.change()
		opt := sitetest.Options(files, "public")
		fresh := sitetest.Run(t, opt)
		opt.Seen, opt.Past = seen, memory
		again := sitetest.Run(t, opt)
		if a, b := sitetest.Print(again.Findings), sitetest.Print(fresh.Findings); a != b {
			t.Errorf("%s: found\n%sand from nothing\n%s", step.name, a, b)
		}
		if !strings.Contains(sitetest.Print(fresh.Findings), step.want) {
			t.Errorf("%s: no %s in\n%s", step.name, step.want, sitetest.Print(fresh.Findings))
		}
		if (again.Audited == nil) != (fresh.Audited == nil) {
			t.Errorf("%s: the two builds judge differently", step.name)
		}
		if again.Rendered != nil {
			memory.Remember(again.Rendered.Record(), again.Rendered.Site())
		}
	}
}
