package render

import (
	"testing"

	"candour/internal/redact"
)

func TestEqual(t *testing.T) {
	page := func() any {
		return map[string]any{"a": []any{"x", true, int64(3), map[string]any{"y": []int{1, 2}}}, "b": nil, "c": map[string]any{}}
	}
	if !equal(page(), page()) || !equal(nil, nil) {
		t.Error("the same is not equal")
	}
	for name, change := range map[string]func(m map[string]any){
		"text":        func(m map[string]any) { m["a"].([]any)[0] = "z" },
		"truth":       func(m map[string]any) { m["a"].([]any)[1] = false },
		"number":      func(m map[string]any) { m["a"].([]any)[2] = int64(4) },
		"kind":        func(m map[string]any) { m["a"].([]any)[2] = 3.0 },
		"depth":       func(m map[string]any) { m["a"].([]any)[3].(map[string]any)["y"] = []int{1, 3} },
		"shorter":     func(m map[string]any) { m["a"] = m["a"].([]any)[:3] },
		"key":         func(m map[string]any) { delete(m, "b"); m["d"] = nil },
		"fewer":       func(m map[string]any) { delete(m, "b") },
		"empty table": func(m map[string]any) { m["c"] = []any{} },
	} {
		changed := page()
		change(changed.(map[string]any))
		if equal(page(), changed) || equal(changed, page()) {
			t.Errorf("%s: taken for equal", name)
		}
	}
}

// What is made again from something else is never what was made before.
func TestMemoMakesAgainWhatHasChanged(t *testing.T) {
	plain := func() *redact.Page {
		return &redact.Page{File: "content/a.md", Title: "A", Address: "/a/", Body: []byte("one"), BodyLine: 3, Params: map[string]any{"summary": "s"}, Withheld: map[string]redact.Marker{}}
	}
	m := &Memo{}
	made := 0
	ask := func(p *redact.Page, view map[string]any) bool {
		before := made
		if _, err := m.page(p, view, func() (madePage, error) { made++; return madePage{Page: p}, nil }); err != nil {
			t.Fatal(err)
		}
		return made > before
	}
	view := map[string]any{"kind": "pages"}
	if !ask(plain(), view) || ask(plain(), map[string]any{"kind": "pages"}) {
		t.Fatal("a page is made once, and then again only if it has changed")
	}
	for name, change := range map[string]func(p *redact.Page){
		"title":    func(p *redact.Page) { p.Title = "B" },
		"body":     func(p *redact.Page) { p.Body = []byte("two") },
		"line":     func(p *redact.Page) { p.BodyLine++ },
		"params":   func(p *redact.Page) { p.Params["summary"] = "t" },
		"withheld": func(p *redact.Page) { p.Withheld["lead"] = redact.Marker{Text: "withheld"} },
		"section":  func(p *redact.Page) { p.Section = true },
		"language": func(p *redact.Page) { p.Lang = "cy" },
		"address":  func(p *redact.Page) { p.Address = "/b/" },
		"kind":     func(p *redact.Page) { p.Kind = "leaflets" },
	} {
		ask(plain(), view)
		p := plain()
		change(p)
		if !ask(p, view) {
			t.Errorf("a page with another %s was not made again", name)
		}
	}
	ask(plain(), view)
	if !ask(plain(), map[string]any{"kind": "plans"}) {
		t.Error("a page with another view was not made again")
	}
}
