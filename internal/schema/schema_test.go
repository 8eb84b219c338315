package schema_test

import (
	"slices"
	"strings"
	"testing"

	"candour/data"
	"candour/internal/content"
	"candour/internal/level"
	"candour/internal/schema"
	"candour/internal/vocab"
)

func words(t *testing.T) *vocab.Set {
	t.Helper()
	s := vocab.New()
	for _, name := range []string{"reasons", "threats", "elements", "audiences", "settings", "checklist"} {
		src, err := data.FS.ReadFile(name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		if found := s.AddTOML(name, name+".toml", src); len(found) > 0 {
			t.Fatal(found)
		}
	}
	return s
}

func shipped(t *testing.T) []schema.Source {
	t.Helper()
	var own []schema.Source
	for _, name := range append([]string{"common"}, content.KindNames()...) {
		src, err := data.FS.ReadFile("schema/" + name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		own = append(own, schema.Source{File: "schema/" + name + ".toml", Name: name, Data: src})
	}
	return own
}

// The levels and requirements of the contract, section 5, stand in what the program ships.
func TestShipped(t *testing.T) {
	s, found := schema.Load(shipped(t), nil, words(t))
	if len(found) > 0 {
		t.Fatal(found)
	}
	required := map[string]string{
		"plans":           "title summary date partnership reviewed next_review covers lead",
		"alert-templates": "title summary date audience placeholder",
		"alerts":          "title summary date template status area evidence",
		"leaflets":        "title summary date setting audience",
		"narrative":       "title summary date version publisher",
		"pages":           "title summary date",
	}
	for _, k := range content.Kinds {
		kind := s.Kind(string(k))
		var got []string
		for _, f := range kind.Fields {
			if f.Required && !strings.Contains(f.Path, ".") {
				got = append(got, f.Path)
			}
			if f.Help == "" {
				t.Errorf("%s: %s has no help", k, f.Path)
			}
			if f.Vocabulary != "" && len(words(t).Keys(f.Vocabulary)) == 0 {
				t.Errorf("%s: %s takes keys of %s, which has none", k, f.Path, f.Vocabulary)
			}
		}
		want := strings.Fields(required[string(k)])
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s requires %v, want %v", k, got, want)
		}
		if kind.Help == "" {
			t.Errorf("%s has no help", k)
		}
	}
	for kind, fields := range map[string]string{
		"plans":  "lead.0.name lead.0.phone lead.0.email threshold.0.trigger threshold.0.action stock.0.location stock.0.quantity signoff.0.name signoff.0.how signoff.0.recorded_by extra.anything",
		"alerts": "source extra.anything",
		"pages":  "extra.a.b.c signoff.12.name",
	} {
		for _, f := range strings.Fields(fields) {
			if got := s.Kind(kind).Field(strings.Split(f, ".")...); got == nil || got.Level != level.Restricted || got.Reason == "" {
				t.Errorf("%s: %s is not restricted with a reason", kind, f)
			}
		}
	}
	for kind, fields := range map[string]string{"plans": "title lead.0.role lead.0.element stock.0.item signoff.0.role", "alerts": "source_shown area told fill.area"} {
		for _, f := range strings.Fields(fields) {
			if got := s.Kind(kind).Field(strings.Split(f, ".")...); got == nil || got.Level != level.Public {
				t.Errorf("%s: %s is not public", kind, f)
			}
		}
	}
}

func TestFieldAndChildren(t *testing.T) {
	s, _ := schema.Load(shipped(t), nil, words(t))
	plans := s.Kind("plans")
	for path, want := range map[string]string{
		"lead.0.phone": "lead.*.phone", "lead.41.phone": "lead.*.phone", "extra.x": "extra.*", "extra.x.y": "extra.*", "lead": "lead",
		"lead.0.fone": "", "lead.first.phone": "", "phone": "", "slug": "", "title.x": "",
	} {
		f := plans.Field(strings.Split(path, ".")...)
		switch {
		case f == nil && want != "", f != nil && f.Path != want:
			t.Errorf("%s is %v, want %q", path, f, want)
		}
	}
	if got := plans.Children("lead", "3"); !slices.Equal(got, []string{"element", "role", "name", "phone", "email"}) {
		t.Errorf("children of a lead: %v", got)
	}
	if got := plans.Children("extra"); !slices.Equal(got, []string{"*"}) {
		t.Errorf("children of extra: %v", got)
	}
	if !slices.Contains(plans.Children(), "title") || slices.Contains(plans.Children(), "status") {
		t.Error("children of a plan")
	}
	for step, want := range map[string]bool{"0": true, "12": true, "-1": false, "": false, "1a": false, "99999999999": false} {
		if schema.IsIndex(step) != want {
			t.Errorf("IsIndex(%q) = %v", step, !want)
		}
	}
}

// A site may add fields and raise levels, never lower them or loosen what the program ships.
func TestSite(t *testing.T) {
	for _, tc := range []struct {
		name, file, data, complaint string
	}{
		{"a field of its own", "pages", "[fields.\"house\"]\ntype = \"text\"\nhelp = \"Our number.\"\n", ""},
		{"a level raised", "plans", "[fields.\"lead.*.role\"]\nlevel = \"partners\"\nreason = \"personal-information\"\n", ""},
		{"a requirement more", "pages", "[fields.\"review_by\"]\nrequired = true\n", ""},
		{"other help", "plans", "[fields.\"lead.*.phone\"]\nhelp = \"The desk.\"\n", ""},
		{"a level of the common fields raised", "common", "[fields.\"tags\"]\nlevel = \"partners\"\nreason = \"confidential\"\n", ""},
		{"a level lowered", "plans", "[fields.\"lead.*.phone\"]\nlevel = \"public\"\n", `the level of "lead.*.phone" is restricted and cannot be lowered to public here`},
		{"a level lowered halfway", "plans", "[fields.\"lead.*.phone\"]\nlevel = \"partners\"\nreason = \"confidential\"\n", `the level of "lead.*.phone" is restricted and cannot be lowered to partners here`},
		{"a level lowered by way of common", "common", "[fields.\"lead.*.phone\"]\nlevel = \"public\"\n", `the level of "lead.*.phone" is restricted and cannot be lowered to public here`},
		{"extra opened", "common", "[fields.\"extra.*\"]\nlevel = \"public\"\n", `the level of "extra.*" is restricted and cannot be lowered to public here`},
		{"a type changed", "plans", "[fields.\"lead.*.role\"]\ntype = \"boolean\"\n", `the type of "lead.*.role" is text and cannot be changed`},
		{"a requirement dropped", "plans", "[fields.\"covers\"]\nrequired = false\n", `"covers" is required and cannot be made optional`},
		{"no such kind", "plan", "[fields.\"x\"]\n", `no kind of page is named "plan"; did you mean "plans"?`},
		{"unknown key", "pages", "[fields.\"x\"]\ntyp = \"text\"\n", `the schema of "x" has an unknown key "typ"; did you mean "type"?`},
		{"unknown type", "pages", "[fields.\"x\"]\ntype = \"txt\"\n", `the schema of "x" has an unknown type; did you mean "text"?`},
		{"unknown level", "pages", "[fields.\"x\"]\nlevel = \"parters\"\n", `the schema of "x" has an unknown level; did you mean "partners"?`},
		{"no reason", "pages", "[fields.\"x\"]\nlevel = \"partners\"\n", `the schema of "x" keeps it back and needs a reason of data/reasons.toml`},
		{"unknown show", "pages", "[fields.\"x\"]\nshow = \"blank\"\n", `the schema of "x" has a "show" that is neither "marker" nor "nothing"`},
		{"no table", "pages", "[fields]\nx = \"text\"\n", "the schema of a field is a table"},
		{"not TOML", "pages", "[fields\n", "has a [name] that is not closed or holds a character that needs quotes"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s, found := schema.Load(shipped(t), []schema.Source{{File: "data/schema/" + tc.file + ".toml", Name: tc.file, Data: []byte(tc.data)}}, words(t))
			complaint := ""
			for _, f := range found {
				if complaint == "" {
					complaint = f.Message
				}
				if !strings.HasPrefix(f.File, "data/schema/") {
					t.Errorf("at %s", f.Pos())
				}
			}
			if complaint != tc.complaint {
				t.Errorf("complains %q, want %q", complaint, tc.complaint)
			}
			if f := s.Kind("plans").Field("lead", "0", "phone"); f.Level != level.Restricted {
				t.Error("a telephone number is no longer restricted")
			}
		})
	}
	s, _ := schema.Load(shipped(t), []schema.Source{{File: "data/schema/plans.toml", Name: "plans", Data: []byte("[fields.\"lead.*.role\"]\nlevel = \"partners\"\nreason = \"confidential\"\nshow = \"nothing\"\n")}}, words(t))
	if f := s.Kind("plans").Field("lead", "0", "role"); f.Level != level.Partners || f.Reason != "confidential" || f.Show != "nothing" || f.Type != schema.Text || !f.Required {
		t.Errorf("raised: %+v", f)
	}
}
