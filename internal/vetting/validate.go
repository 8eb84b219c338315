package vetting

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/load"
	"candour/internal/nearmiss"
	"candour/internal/schema"
	"candour/internal/vocab"
)

// kindOf is the schema that a page answers to: an introduction takes the keys of pages (contract, section 1).
func (p *Page) kindOf(repo *load.Repo) *schema.Kind {
	if p.Section {
		return repo.Schema().Kind(string(content.Pages))
	}
	return repo.Schema().Kind(string(p.Kind))
}

// validate holds the front matter against the schema.
func (p *Page) validate(repo *load.Repo) diag.List {
	c := checker{page: p, kind: p.kindOf(repo), words: repo.Words()}
	c.table(nil, p.Front)
	p.grave = c.grave
	return c.found
}

type checker struct {
	page  *Page
	kind  *schema.Kind
	words *vocab.Set
	found diag.List
	grave bool // a fault that leaves open what is withheld: in a flag, a level, or a key that has no level
}

func (c *checker) table(path []string, table map[string]any) {
	children := c.kind.Children(path...)
	steers := len(path) > 0 && slices.Contains(unpublished, path[0])
	for _, key := range slices.Sorted(maps.Keys(table)) {
		at := append(slices.Clone(path), key)
		f := c.kind.Field(at...)
		if f == nil {
			c.grave = true
			c.found.Add(diag.New(diag.UnknownKey, c.page.Key(at...),
				"see what a page takes with candour explain "+c.kind.Name+"; keys of your own go under [extra]",
				"%s is no key of %s%s", diag.Named("what stands here", key), c.place(path), nearmiss.Suffix(key, children)))
			continue
		}
		if f.Required && blank(table[key]) {
			continue // it is asked for below
		}
		c.value(f, at, table[key])
	}
	for _, key := range children {
		if key == "*" {
			continue
		}
		at := append(slices.Clone(path), key)
		f := c.kind.Field(at...)
		v, given := table[key]
		if f != nil && f.Required && (!given || blank(v)) {
			c.grave = c.grave || steers
			pos := c.page.Key(path...)
			if given {
				pos = c.page.Key(at...)
			} else if len(path) == 0 {
				pos.Line, pos.Column = 1, 1
			}
			hint := "add a line " + key + " = …"
			if f.Type == schema.Text || f.Type == schema.Words { // somebody else's words, pasted from here, could be published
				hint = "add a line " + key + " = \"…\""
				if sentence, _, _ := strings.Cut(f.Help, ". "); sentence != "" {
					hint += ": " + strings.TrimSuffix(strings.ToLower(sentence[:1])+sentence[1:], ".")
				}
			} else if f.Example != "" {
				hint = "add a line such as " + key + " = " + f.Example
			}
			if f.Type == schema.Tables {
				hint = "add a block [[" + key + "]]"
			}
			if given {
				hint = strings.Replace(hint, "add a line", "make it a line", 1)
			}
			c.found.Add(diag.New(diag.MissingKey, pos, hint, "%s needs %q", c.place(path), key))
		}
	}
}

// blank reports whether a value is there and says nothing.
func blank(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	}
	return false
}

// place names a part of the front matter in words.
func (c *checker) place(path []string) string {
	if len(path) == 0 {
		return "a page of kind " + c.kind.Name
	}
	if at := counted(path); len(path) > 1 && strings.HasPrefix(at, "the ") {
		return strings.Replace(at, " of "+path[len(path)-2], " [["+path[len(path)-2]+"]]", 1)
	}
	return counted(path)
}

// counted names a key for people, who count from one: reason of the 2nd [[withhold]].
func counted(path []string) string {
	for i := 1; i < len(path); i++ {
		n, err := strconv.Atoi(path[i])
		if err != nil {
			continue
		}
		n++
		ending := "th"
		if n%100 < 11 || n%100 > 13 {
			ending = map[int]string{1: "st", 2: "nd", 3: "rd"}[n%10]
			ending = cmp.Or(ending, "th")
		}
		whole := strings.Join(path[:i], ".")
		if i == len(path)-1 {
			return fmt.Sprintf("the %d%s of %s", n, ending, whole)
		}
		return fmt.Sprintf("%s of the %d%s [[%s]]", counted(path[i+1:]), n, ending, whole)
	}
	return strings.Join(path, ".")
}

func (c *checker) bad(at []string, hint, format string, args ...any) {
	c.grave = c.grave || slices.Contains(unpublished, at[0])
	c.found.Add(diag.New(diag.BadValue, c.page.Value(at...), hint, "%s %s", counted(at), fmt.Sprintf(format, args...)))
}

func (c *checker) value(f *schema.Field, at []string, v any) {
	if f.Open() {
		return
	}
	example := ""
	if f.Example != "" {
		example = "for example: " + at[len(at)-1] + " = " + f.Example
	}
	switch {
	case f.Type == schema.Tables:
		items, ok := v.([]any)
		if !ok {
			c.bad(at, "write [["+strings.Join(at, ".")+"]], with two brackets, once for each", "takes an array of tables")
			return
		}
		for i, item := range items {
			step := append(slices.Clone(at), strconv.Itoa(i))
			table, ok := item.(map[string]any)
			if !ok {
				c.bad(step, "write [["+strings.Join(at, ".")+"]], with two brackets, once for each", "is not a table")
				continue
			}
			c.table(step, table)
		}
	case f.Type == schema.Table:
		table, ok := v.(map[string]any)
		if !ok {
			c.bad(at, "write ["+strings.Join(at, ".")+"] and its keys below", "takes a table")
			return
		}
		c.table(at, table)
	case f.List || f.Many && isList(v):
		items, ok := v.([]any)
		if f.Many && f.Required && len(items) == 0 {
			c.bad(at, example, "is empty")
		}
		if !ok {
			c.bad(at, example, "takes an array: put the value between square brackets")
			return
		}
		for i, item := range items {
			c.scalar(f, append(slices.Clone(at), strconv.Itoa(i)), item, example)
		}
	default:
		c.scalar(f, at, v, example)
	}
}

func isList(v any) bool { _, ok := v.([]any); return ok }

func (c *checker) scalar(f *schema.Field, at []string, v any, example string) {
	switch f.Type {
	case schema.Text, schema.Words, schema.Path:
		if _, ok := v.(string); !ok {
			c.bad(at, example, "takes text between straight quotes")
		}
	case schema.Boolean:
		if _, ok := v.(bool); !ok {
			c.bad(at, example, "takes true or false, without quotes")
		}
	case schema.Integer:
		if _, ok := v.(int64); !ok {
			c.bad(at, example, "takes a whole number, without quotes")
		}
	case schema.Number:
		switch v.(type) {
		case int64, float64:
		default:
			c.bad(at, example, "takes a number, without quotes")
		}
	case schema.Date, schema.DateTime:
		_, dateOnly, ok := frontmatter.Instant(v, London)
		switch {
		case !ok:
			c.bad(at, "write the date without quotes, as 2026-11-20", "takes a date")
		case f.Type == schema.Date && !dateOnly:
			c.bad(at, "write the day alone, as 2026-11-20", "takes a day without a time")
		}
	case schema.Key:
		s, ok := v.(string)
		if !ok {
			c.bad(at, example, "takes a word between straight quotes")
			return
		}
		known := f.Values
		if f.Vocabulary != "" {
			known = c.words.Keys(f.Vocabulary)
		}
		if !slices.Contains(known, s) {
			hint := "use one of: " + strings.Join(known, ", ")
			if f.Vocabulary != "" {
				hint += "; a site may add its own in data/" + f.Vocabulary + ".toml"
			}
			// The word itself may be one that was put into the wrong key: it is not repeated.
			c.bad(at, hint, "has a word that is none of those it takes%s", nearest(s, known))
		}
	}
}

// nearest suggests the near miss of a known word; it names the known word alone.
func nearest(s string, known []string) string {
	if n := nearmiss.Nearest(s, known); n != "" {
		return fmt.Sprintf("; did you mean %q?", n)
	}
	return ""
}
